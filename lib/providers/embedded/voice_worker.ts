import { Flite, type VoiceName } from "./flite.ts";
import { trimSilence } from "./silence.ts";

/** What the voice's worker is asked, one thing at a time. */
export type VoiceJob =
  | { type: "speak"; text: string; ssml: boolean; voice: VoiceName; pauseMs: number }
  | { type: "pronounce"; words: string[] };

/** What it answers, in the order asked. */
export type VoiceAnswer =
  | { type: "audio"; samples: Int16Array<ArrayBuffer> }
  | { type: "phones"; phones: string[] }
  | { type: "failed"; message: string };

const flite = new Flite();

/** Inside, a worker's scope has the methods that its handle has outside. */
const scope = self as unknown as Worker;

scope.onmessage = ({ data }: MessageEvent<VoiceJob>) => {
  const answer = work(data);
  const transfer = answer.type === "audio" ? [answer.samples.buffer] : [];
  scope.postMessage(answer, transfer);
};

function work(job: VoiceJob): VoiceAnswer {
  try {
    if (job.type === "pronounce") {
      return { type: "phones", phones: job.words.map((word) => flite.pronounce(word)) };
    }
    const samples = flite.speak(job.text, job.voice, job.ssml);
    return { type: "audio", samples: trimSilence(samples, job.pauseMs) };
  } catch (error) {
    return { type: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}
