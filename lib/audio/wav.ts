import { bytesFromSamples } from "./pcm.ts";

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const HEADER_BYTES = 44;
const CHUNK_HEADER_BYTES = 8;
const MAX_CHANNELS = 32;
const STREAMED = 0xffffffff;

/** Says why bytes are not a WAV file that can be read. */
export class WavError extends Error {
  override name = "WavError";
}

interface Format {
  encoding: number;
  channelCount: number;
  sampleRateHz: number;
  bitsPerSample: number;
}

interface Decoder {
  bytesPerSample: number;
  decode: (view: DataView, at: number) => number;
}

/**
 * Reads a WAV file into one array of 16-bit samples per channel.
 *
 * Takes PCM of 8, 16, 24 and 32 bits and 32-bit float. A file that ends early, or whose writer
 * never filled in the sizes, gives the samples that are there.
 *
 * @throws {WavError} when the bytes are not such a file.
 */
export function readWav(bytes: Uint8Array): { sampleRateHz: number; channels: Int16Array[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || nameAt(view, 0) !== "RIFF" || nameAt(view, 8) !== "WAVE") {
    throw new WavError("Cannot read the audio: the file must be a WAV file (RIFF … WAVE)");
  }
  const sizesAreFilledIn = view.getUint32(4, true) === bytes.length - CHUNK_HEADER_BYTES;
  let format: Format | undefined;
  let at = 12;
  while (at + CHUNK_HEADER_BYTES <= bytes.length) {
    const name = nameAt(view, at);
    const start = at + CHUNK_HEADER_BYTES;
    const declaredBytes = view.getUint32(at + 4, true);
    const availableBytes = bytes.length - start;
    if (name === "fmt ") {
      format = readFormat(view, start, Math.min(declaredBytes, availableBytes));
    } else if (name === "data") {
      if (!format) throw new WavError("Cannot read the audio: a fmt chunk must precede the data");
      const streamed = declaredBytes === STREAMED || (declaredBytes === 0 && !sizesAreFilledIn);
      const dataBytes = streamed ? availableBytes : Math.min(declaredBytes, availableBytes);
      return {
        sampleRateHz: format.sampleRateHz,
        channels: readSamples(view, start, dataBytes, format),
      };
    }
    at = start + declaredBytes + declaredBytes % 2;
  }
  throw new WavError(
    `Cannot read the audio: the file must hold a ${format ? "data" : "fmt"} chunk: none was found`,
  );
}

/**
 * Writes channels of equal length as a 16-bit PCM WAV file.
 *
 * @throws {RangeError} when there is no channel or the lengths differ.
 */
export function writeWav(channels: Int16Array[], sampleRateHz: number): Uint8Array<ArrayBuffer> {
  const channelCount = channels.length;
  const length = channels[0]?.length ?? 0;
  if (channelCount === 0 || channels.some((channel) => channel.length !== length)) {
    const lengths = channels.map((channel) => channel.length).join(", ") || "none";
    throw new RangeError(
      `Cannot write a WAV file: channels must have one length: received ${lengths}`,
    );
  }
  const interleaved = channelCount === 1 ? channels[0] : new Int16Array(length * channelCount);
  if (channelCount > 1) {
    channels.forEach((channel, c) => {
      for (let i = 0; i < length; i++) interleaved[i * channelCount + c] = channel[i];
    });
  }
  const dataBytes = interleaved.length * 2;
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(bytes.buffer);
  setName(view, 0, "RIFF");
  view.setUint32(4, HEADER_BYTES - CHUNK_HEADER_BYTES + dataBytes, true);
  setName(view, 8, "WAVE");
  setName(view, 12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * channelCount * 2, true);
  view.setUint16(32, channelCount * 2, true);
  view.setUint16(34, 16, true);
  setName(view, 36, "data");
  view.setUint32(40, dataBytes, true);
  bytes.set(bytesFromSamples(interleaved), HEADER_BYTES);
  return bytes;
}

function readFormat(view: DataView, at: number, lengthBytes: number): Format {
  if (lengthBytes < 16) {
    throw new WavError(
      `Cannot read the audio: the fmt chunk must have at least 16 bytes: received ${lengthBytes}`,
    );
  }
  const encoding = view.getUint16(at, true);
  // An extensible header carries the real encoding in the first two bytes of its sub-format GUID.
  const real = encoding === EXTENSIBLE && lengthBytes >= 26 ? view.getUint16(at + 24, true) : 0;
  const format = {
    encoding: encoding === EXTENSIBLE ? real : encoding,
    channelCount: view.getUint16(at + 2, true),
    sampleRateHz: view.getUint32(at + 4, true),
    bitsPerSample: view.getUint16(at + 14, true),
  };
  if (format.channelCount < 1 || format.channelCount > MAX_CHANNELS) {
    throw new WavError(
      `Cannot read the audio: channels must be 1 to ${MAX_CHANNELS}: received ${format.channelCount}`,
    );
  }
  if (format.sampleRateHz === 0) {
    throw new WavError("Cannot read the audio: the sample rate must be above 0 Hz: received 0");
  }
  return format;
}

function readSamples(view: DataView, start: number, lengthBytes: number, format: Format) {
  const { bytesPerSample, decode } = decoderFor(format);
  const stepBytes = bytesPerSample * format.channelCount;
  const length = Math.floor(lengthBytes / stepBytes);
  return Array.from({ length: format.channelCount }, (_, c) => {
    const samples = new Int16Array(length);
    const first = start + c * bytesPerSample;
    for (let i = 0; i < length; i++) samples[i] = decode(view, first + i * stepBytes);
    return samples;
  });
}

function decoderFor({ encoding, bitsPerSample }: Format): Decoder {
  const decode = decoders[`${encoding}/${bitsPerSample}`];
  if (decode) return { bytesPerSample: bitsPerSample / 8, decode };
  throw new WavError(
    "Cannot read the audio: samples must be 8, 16, 24 or 32-bit PCM or 32-bit float: " +
      `received encoding ${encoding} with ${bitsPerSample} bits`,
  );
}

const decoders: Record<string, Decoder["decode"] | undefined> = {
  [`${PCM}/8`]: (view, at) => (view.getUint8(at) - 128) << 8,
  [`${PCM}/16`]: (view, at) => view.getInt16(at, true),
  [`${PCM}/24`]: (view, at) => view.getInt16(at + 1, true),
  [`${PCM}/32`]: (view, at) => view.getInt16(at + 2, true),
  [`${FLOAT}/32`]: (view, at) => {
    const scaled = Math.round(view.getFloat32(at, true) * 32768);
    return Math.max(-32768, Math.min(32767, scaled)); // NaN becomes 0 in the array
  },
};

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}

function setName(view: DataView, at: number, name: string): void {
  for (let i = 0; i < name.length; i++) view.setUint8(at + i, name.charCodeAt(i));
}
