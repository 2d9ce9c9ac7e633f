import type { Clock } from "../clock.ts";
import type { Stage } from "../contracts/call_event.ts";
import { Breaker } from "./breaker.ts";
import type { Engine } from "./engine.ts";
import { fallbackLlm, fallbackTts } from "./fallback.ts";
import { fallbackStt } from "./fallback_stt.ts";
import type { Provider, Watch } from "./provider.ts";

/** The providers of each stage, in the order in which they are tried. */
export interface Choices {
  providers<S extends Stage>(stage: S): { name: string; run: Engine[S] }[];
}

/** What every call shares of its engines: which providers there are, and which are left alone. */
export class Ladder {
  readonly #stt: Provider<Engine["stt"]>[];
  readonly #llm: Provider<Engine["llm"]>[];
  readonly #tts: Provider<Engine["tts"]>[];

  constructor(choices: Choices, readonly clock: Clock) {
    const breaker = () => new Breaker(clock);
    this.#stt = choices.providers("stt").map((one) => ({ ...one, breaker: breaker() }));
    this.#llm = choices.providers("llm").map((one) => ({ ...one, breaker: breaker() }));
    this.#tts = choices.providers("tts").map((one) => ({ ...one, breaker: breaker() }));
  }

  /** The engines of one call, which tells `watch` of every fault and fallback. */
  forCall(watch: Watch): Pick<Engine, Stage> {
    const options = { clock: this.clock, watch };
    return {
      stt: fallbackStt(this.#stt, options),
      llm: fallbackLlm(this.#llm, options),
      tts: fallbackTts(this.#tts, options),
    };
  }
}
