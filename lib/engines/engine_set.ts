import type { Stage } from "../contracts/call_event.ts";
import { veiled } from "../privacy/veil.ts";
import { type CachedTts, createCachedTts } from "./cached_speech.ts";
import type { EngineName } from "../settings.ts";
import { fixedTexts } from "../speaking/fixed_texts.ts";
import { modelOf, smallModelOf } from "./configured_models.ts";
import { type Engine, type EngineContext, type EngineFactory, lazyEngine } from "./engine.ts";
import type { Choice } from "./ladder.ts";

/** The engines of one bridge: each made on first use, shared by all calls, prompts kept on disk. */
export class EngineSet {
  readonly #engines = new Map<EngineName, Required<Engine>>();
  readonly #voices = new Map<EngineName, CachedTts>();

  constructor(
    readonly factories: Record<EngineName, EngineFactory>,
    readonly context: EngineContext,
    warn: (message: string, error: unknown) => void = () => {},
  ) {
    const { settings } = context;
    for (const name of new Set(Object.values(settings.engines).flat())) {
      this.#engines.set(name, lazyEngine(() => factories[name](context)));
    }
    for (const name of settings.engines.tts) {
      const voice = createCachedTts(this.#engines.get(name)!.tts, {
        directory: `${settings.dataDir}/speech`,
        voiceKey: voiceKey(name, context),
        clock: context.clock,
        warn,
      });
      this.#voices.set(name, voice);
    }
  }

  /** The providers of a stage, in the order in which they are tried. */
  providers<S extends Stage>(stage: S): (Choice<Engine[S]> & { name: EngineName })[] {
    const { settings, agent } = this.context;
    return settings.engines[stage].map((name) => {
      const model = modelOf(settings, name, stage);
      if (stage === "llm" && name !== "embedded") {
        // What runs on another machine sees no personal numbers.
        const { llm } = this.#engines.get(name)!;
        const run = veiled(llm, agent.privacy.mask) as Engine[S];
        return { name, model, smallModel: smallModelOf(settings, name), run };
      }
      if (stage !== "tts") return { name, model, run: this.#engines.get(name)![stage] };
      const voice = this.#voices.get(name)!;
      return {
        name,
        model,
        run: voice.tts as Engine[S],
        isKept: (text, { language, style }) => voice.has(text, language, style),
      };
    });
  }

  /** Gets the first choice of each stage ready for a call. */
  async warm(signal: AbortSignal): Promise<void> {
    const first = new Set(Object.values(this.context.settings.engines).map(([name]) => name));
    await Promise.all([...first].map((name) => this.#engines.get(name)!.warm(signal)));
  }

  /** Gets every engine ready: one of them has failed, and the next call may need another. */
  async warmAll(signal: AbortSignal): Promise<void> {
    await Promise.allSettled([...this.#engines.values()].map((engine) => engine.warm(signal)));
  }

  /** Has every fixed sentence spoken once by the first voice, unless it is kept already. */
  async keepPrompts(signal: AbortSignal): Promise<{ made: number; kept: number; failed: number }> {
    const [first] = this.context.settings.engines.tts;
    return await this.#voices.get(first)!.warm(fixedTexts(this.context.agent), signal);
  }

  async close(): Promise<void> {
    for (const engine of this.#engines.values()) await engine.close();
  }
}

/** Other audio for the same text needs another key. */
function voiceKey(name: EngineName, { settings, agent }: EngineContext): string {
  const { gemini, openai } = settings;
  const model = { gemini: gemini.ttsModel, openai: openai.ttsModel, embedded: "flite" }[name];
  return [name, model, agent.voice.name ?? openai.ttsVoice].join("/");
}
