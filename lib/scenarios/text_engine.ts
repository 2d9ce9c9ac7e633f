import { concatSamples } from "../audio/pcm.ts";
import type { Clock } from "../clock.ts";
import type { Stt } from "../contracts/stt.ts";
import type { Tts } from "../contracts/tts.ts";
import { abortable } from "../engines/abortable.ts";
import type { MarkedSounds } from "./marked_sound.ts";

/** How long recognising and speaking take, about as long as with real engines. */
const STT_MS = 250;
const TTS_MS = 150;

/** Reads the words off the marks in a sound. */
export function textStt(sounds: Pick<MarkedSounds, "read">, clock: Clock): Stt {
  return async function* (audio, _, signal) {
    signal.throwIfAborted();
    const chunks: Int16Array[] = [];
    for await (const chunk of abortable(audio, signal)) chunks.push(chunk.slice());
    await clock.until(clock.now() + STT_MS, signal);
    const heard = sounds.read(concatSamples(chunks));
    const text = heard.map((one) => one.text).filter(Boolean).join(" ");
    const sure = heard.flatMap(({ confidence }) => confidence ?? []);
    yield { type: "final", text, confidence: sure.length ? Math.min(...sure) : undefined };
  };
}

/** Makes a sound that lasts as long as the words take to say. */
export function textTts(sounds: MarkedSounds, clock: Clock): Tts {
  return async function* (text, _, signal) {
    signal.throwIfAborted();
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    await clock.until(clock.now() + TTS_MS, signal);
    yield sounds.unmarked(text);
    signal.throwIfAborted();
  };
}
