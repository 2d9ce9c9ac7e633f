import { Framer } from "../audio/framer.ts";
import { bytesFromSamples, FRAME_SAMPLES, levelDbfs, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { type Finding, green, red } from "./finding.ts";

const TONE_HZ = 1000;
const TONE_DBFS = -20;
const TOLERANCE_DB = 0.1;
const TONE_MS = 200;

/**
 * Sends a tone of known level down the path of the caller's voice and measures it there: with another
 * scale, every threshold of the voice detector would be wrong.
 */
export function checkLevelScale(measure: (bytes: Uint8Array) => number = throughFramer): Finding {
  const measuredDbfs = measure(bytesFromSamples(tone()));
  const said = `a tone of ${TONE_DBFS} dBFS reads ${measuredDbfs.toFixed(2)} dBFS`;
  return Math.abs(measuredDbfs - TONE_DBFS) <= TOLERANCE_DB
    ? green(said)
    : red(said, "this build is broken: install it again from a clean checkout");
}

/** The root mean square of a sine is 3 dB below its peak. */
function tone(): Int16Array {
  const peak = 32768 * 10 ** (TONE_DBFS / 20) * Math.SQRT2;
  return Int16Array.from(
    { length: SAMPLE_RATE_HZ * TONE_MS / 1000 },
    (_, i) => Math.round(peak * Math.sin(2 * Math.PI * TONE_HZ * i / SAMPLE_RATE_HZ)),
  );
}

/** The loudest frame, of bytes that come in odd pieces. */
function throughFramer(bytes: Uint8Array): number {
  const framer = new Framer();
  let loudest = -Infinity;
  const oddBytes = FRAME_SAMPLES * 3 + 1;
  for (let at = 0; at < bytes.length; at += oddBytes) {
    framer.push(bytes.subarray(at, at + oddBytes), (frame) => {
      loudest = Math.max(loudest, levelDbfs(frame));
    });
  }
  return loudest;
}
