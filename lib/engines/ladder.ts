import type { Clock } from "../clock.ts";
import type { Stage } from "../contracts/call_event.ts";
import type { Usage } from "../contracts/stt.ts";
import type { TtsOptions } from "../contracts/tts.ts";
import { Breaker } from "./breaker.ts";
import type { Engine } from "./engine.ts";
import { fallbackLlm, fallbackTts } from "./fallback.ts";
import { fallbackStt } from "./fallback_stt.ts";
import { meteredLlm, meteredStt, meteredTts } from "./metered.ts";
import type { Provider, Watch } from "./provider.ts";

/** One way to do a stage's work, as the settings chose it. */
export interface Choice<Run> {
  name: string;
  run: Run;
  /** The model that does the work, where the provider itself doesn't tell. */
  model?: string;
  /** The model that does it in a hurry, where there is another. */
  smallModel?: string;
  /** Tells whether a sentence comes from what was kept, so that nobody bills it. */
  isKept?(text: string, options: TtsOptions): boolean;
}

/** The providers of each stage, in the order in which they are tried. */
export interface Choices {
  providers<S extends Stage>(stage: S): Choice<Engine[S]>[];
}

/** What was spoken before stands behind every voice. */
const KEPT = "kept speech";

type Shared<Run> = Choice<Run> & Provider<Run>;

/** What every call shares of its engines: which providers there are, and which are left alone. */
export class Ladder {
  readonly #stt: Shared<Engine["stt"]>[];
  readonly #llm: Shared<Engine["llm"]>[];
  readonly #tts: Shared<Engine["tts"]>[];
  /** Kept speech needs no provider, so it is never left alone. */
  readonly #kept: Breaker;

  constructor(choices: Choices, readonly clock: Clock) {
    const breaker = () => new Breaker(clock);
    this.#kept = new Breaker(clock, { failures: Infinity });
    this.#stt = choices.providers("stt").map((one) => ({ ...one, breaker: breaker() }));
    this.#llm = choices.providers("llm").map((one) => ({ ...one, breaker: breaker() }));
    this.#tts = choices.providers("tts").map((one) => ({ ...one, breaker: breaker() }));
  }

  /** True when a stage has no provider that may be tried now, so that a call could only fail. */
  get isDown(): boolean {
    return [this.#stt, this.#llm, this.#tts].some((stage) =>
      stage.every(({ breaker }) => breaker.state === "open")
    );
  }

  /** The engines of one call, which tells `watch` of every fault, fallback and use. */
  forCall(watch: Watch): Pick<Engine, Stage> {
    const options = { clock: this.clock, watch };
    const told = (stage: Stage, name: string) => (usage: Usage) =>
      watch.usage?.(stage, name, usage);
    const stt = this.#stt.map((one) => ({
      ...one,
      run: meteredStt(one.run, one.model, told("stt", one.name)),
    }));
    const llm = this.#llm.map((one) => ({
      ...one,
      run: meteredLlm(one.run, one.model, told("llm", one.name), one.smallModel),
    }));
    const tts = this.#tts.map((one) => ({
      ...one,
      run: meteredTts(one.run, one.model, told("tts", one.name), one.isKept),
    }));
    return {
      stt: fallbackStt(stt, options),
      llm: fallbackLlm(llm, options),
      tts: (text, how, signal) => {
        const keeper = this.#tts.find(({ isKept }) => isKept?.(text, how));
        const voices = keeper
          ? [...tts, { name: KEPT, run: keeper.run, breaker: this.#kept }]
          : tts;
        return fallbackTts(voices, options)(text, how, signal);
      },
    };
  }
}
