/** What a WAV header says of the bytes after it. */
export interface WavHead {
  sampleRateHz: number;
  channelCount: number;
  /** Where the samples begin. */
  dataAt: number;
  /** Bytes of samples; infinite when the writer didn't know yet. */
  dataBytes: number;
}

/** A header with more metadata than this is not one of speech. */
const MAX_HEAD_BYTES = 64 * 1024;

/** True when bytes begin a WAV file. */
export function beginsWav(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && tag(bytes, 0) === "RIFF";
}

/**
 * Reads the header of a WAV stream from as many bytes as have come; undefined while some are missing.
 *
 * @throws {RangeError} when the samples aren't 16-bit PCM or the header has no end
 */
export function readWavHead(bytes: Uint8Array): WavHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sampleRateHz = 0, channelCount = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const lengthBytes = view.getUint32(at + 4, true);
    const start = at + 8;
    if (tag(bytes, at) === "data") {
      if (sampleRateHz === 0) throw new RangeError("Cannot read the speech: its WAV has no format");
      const unknown = lengthBytes === 0 || lengthBytes >= 0x7fffffff; // written by streaming servers
      return {
        sampleRateHz,
        channelCount,
        dataAt: start,
        dataBytes: unknown ? Infinity : lengthBytes,
      };
    }
    if (tag(bytes, at) === "fmt " && start + 16 <= bytes.length) {
      channelCount = view.getUint16(start + 2, true);
      sampleRateHz = view.getUint32(start + 4, true);
      const bits = view.getUint16(start + 14, true);
      if (bits !== 16 || channelCount < 1 || sampleRateHz < 1) {
        throw new RangeError(
          `Cannot read the speech: its WAV must be 16-bit PCM: received ${bits} bits`,
        );
      }
    }
    at = start + lengthBytes + lengthBytes % 2;
  }
  if (bytes.length > MAX_HEAD_BYTES) {
    throw new RangeError("Cannot read the speech: its WAV header must end within 64 KiB");
  }
  return undefined;
}

function tag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
