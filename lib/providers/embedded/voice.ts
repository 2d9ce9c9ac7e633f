import { EngineError } from "../../contracts/engine_error.ts";
import type { Tts } from "../../contracts/tts.ts";
import type { VoiceName } from "./flite.ts";
import { speechSlices } from "./speech_slices.ts";
import { swahiliSsml } from "./swahili_phones.ts";
import type { VoiceAnswer, VoiceJob } from "./voice_worker.ts";
import { WorkerQueue } from "./worker_queue.ts";

/** Slices that may wait for the one voice; at 20 × real time or more, about 10 s of work. */
const MAX_WAITING_SLICES = 64;

/** Pronounces words in the phones of CMUdict, one string for each word, in order. */
export type Pronounce = (words: string[]) => Promise<string[]>;

export interface EmbeddedVoice {
  tts: Tts;
  pronounce: Pronounce;
  /** Loads the voice and speaks once, so that the first sentence comes as fast as the others. */
  warm(): Promise<void>;
  close(): void;
}

/**
 * Speaks with CMU Flite inside this process: no key, no network, in a worker of its own that starts
 * on first use. The voices are English; Swahili is read from its spelling with English sounds, so
 * it can be followed but has a strong accent. Style is ignored.
 */
export function createEmbeddedTts(options: { voice?: VoiceName } = {}): EmbeddedVoice {
  const voice = options.voice ?? "slt";
  const start = () => new Worker(new URL("./voice_worker.ts", import.meta.url), { type: "module" });
  const queue = new WorkerQueue<VoiceJob, VoiceAnswer>("voice", start, MAX_WAITING_SLICES);

  const tts: Tts = async function* (text, { language }, signal) {
    signal.throwIfAborted();
    const swahili = language === "sw";
    for (const { text: slice, pauseMs } of speechSlices(text, { everyClause: swahili })) {
      const spoken = swahili ? swahiliSsml(slice) : slice;
      const job: VoiceJob = { type: "speak", text: spoken, ssml: swahili, voice, pauseMs };
      const answer = await queue.ask(job, signal);
      if (answer.type !== "audio") throw unexpected(answer);
      if (answer.samples.length === 0) {
        throw new EngineError("embedded", "empty", "Cannot speak: the voice made no sound");
      }
      yield answer.samples;
      signal.throwIfAborted();
    }
  };

  const pronounce: Pronounce = async (words) => {
    const answer = await queue.ask({ type: "pronounce", words });
    if (answer.type !== "phones") throw unexpected(answer);
    return answer.phones;
  };

  return {
    tts,
    pronounce,
    async warm() {
      await queue.ask({ type: "speak", text: "Hello.", ssml: false, voice, pauseMs: 0 });
    },
    close: () => queue.close(),
  };
}

function unexpected(answer: VoiceAnswer): EngineError {
  const why = answer.type === "failed" ? answer.message : `received ${answer.type}`;
  return new EngineError("embedded", "broken", `Cannot speak: ${why}`);
}
