import assert from "node:assert/strict";
import fc from "fast-check";
import { readWav, WavError, writeWav } from "../lib/audio/wav.ts";

interface Made {
  encoding?: number;
  channelCount?: number;
  sampleRateHz?: number;
  bits?: number;
  /** Bytes of the fmt chunk after its first 16. */
  extension?: number[];
  /** Chunks before the fmt chunk and between it and the data. */
  before?: number[];
  between?: number[];
  after?: number[];
  /** Sizes as written, when they are not the true ones. */
  riffBytes?: number;
  dataBytes?: number;
}

function le(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);
}

function name(text: string): number[] {
  return [...text].map((char) => char.charCodeAt(0));
}

function chunk(id: string, body: number[]): number[] {
  return [...name(id), ...le(body.length, 4), ...body, ...(body.length % 2 ? [0] : [])];
}

/** Makes a WAV file by hand, so that nothing of the code under test is trusted. */
function wav(data: number[], made: Made = {}): Uint8Array {
  const { encoding = 1, channelCount = 1, sampleRateHz = 16000, bits = 16 } = made;
  const step = channelCount * bits / 8;
  const fmt = chunk("fmt ", [
    ...le(encoding, 2),
    ...le(channelCount, 2),
    ...le(sampleRateHz, 4),
    ...le(sampleRateHz * step, 4),
    ...le(step, 2),
    ...le(bits, 2),
    ...(made.extension ?? []),
  ]);
  const body = [
    ...name("WAVE"),
    ...(made.before ?? []),
    ...fmt,
    ...(made.between ?? []),
    ...name("data"),
    ...le(made.dataBytes ?? data.length, 4),
    ...data,
    ...(made.after ?? []),
  ];
  return Uint8Array.from([...name("RIFF"), ...le(made.riffBytes ?? body.length, 4), ...body]);
}

/** The samples of each channel. */
function read(bytes: Uint8Array): number[][] {
  return readWav(bytes).channels.map((channel) => [...channel]);
}

function float32(...values: number[]): number[] {
  return [...new Uint8Array(Float32Array.from(values).buffer)];
}

Deno.test("PCM of 8, 16, 24 and 32 bits and 32-bit float become 16-bit samples", () => {
  assert.deepEqual(read(wav([0, 128, 255], { bits: 8 })), [[-32768, 0, 32512]]);
  assert.deepEqual(read(wav([0x34, 0x12, 0, 0x80], { bits: 16 })), [[0x1234, -32768]]);
  const bits24 = [0xff, 0x34, 0x12, 0, 0, 0x80];
  assert.deepEqual(read(wav(bits24, { bits: 24 })), [[0x1234, -32768]]);
  const bits32 = [0xff, 0xff, 0x34, 0x12, 0, 0, 0, 0x80];
  assert.deepEqual(read(wav(bits32, { bits: 32 })), [[0x1234, -32768]]);
  const floats = float32(0, 0.5, -1, 1, 7, -7, NaN, 1.6 / 32768);
  assert.deepEqual(read(wav(floats, { encoding: 3, bits: 32 })), [
    [0, 16384, -32768, 32767, 32767, -32768, 0, 2],
  ]);
});

Deno.test("an extensible header says what the samples are in its sub-format", () => {
  const extension = (encoding: number) => [
    ...le(22, 2),
    ...le(32, 2),
    ...le(0, 4),
    ...le(encoding, 2),
    ...new Array(14).fill(0x71),
  ];
  const made = { encoding: 0xfffe, bits: 32 };
  assert.deepEqual(
    read(wav(float32(0.25), { ...made, extension: extension(3) })),
    [[8192]],
  );
  assert.deepEqual(
    read(wav([0, 0, 1, 0], { ...made, extension: extension(1) })),
    [[1]],
  );
  assert.throws(() => read(wav([1, 0, 1, 0], made)), /received encoding 0 with 32 bits/);
});

Deno.test("channels are told apart and the rate is told", () => {
  const bytes = wav([1, 0, 2, 0, 3, 0, 4, 0], { channelCount: 2, sampleRateHz: 44100 });
  assert.deepEqual(read(bytes), [[1, 3], [2, 4]]);
  assert.equal(readWav(bytes).sampleRateHz, 44100);
});

Deno.test("other chunks are passed over, also those of odd length", () => {
  const made = {
    before: chunk("JUNK", [1, 2, 3]),
    between: [...chunk("LIST", name("INFOfmt data")), ...chunk("fact", [9])],
    after: chunk("id3 ", [1]),
  };
  assert.deepEqual(read(wav([5, 0, 6, 0], made)), [[5, 6]]);
});

Deno.test("a WAV file that begins anywhere in a larger buffer is read all the same", () => {
  const bytes = wav([5, 0, 6, 0]);
  const larger = new Uint8Array(bytes.length + 3).fill(7);
  larger.set(bytes, 3);
  assert.deepEqual(read(larger.subarray(3)), [[5, 6]]);
});

Deno.test("a file whose writer streamed it gives all that is there", () => {
  const unknown = 0xffffffff;
  const samples = [5, 0, 6, 0];
  assert.deepEqual(read(wav(samples, { riffBytes: unknown, dataBytes: unknown })), [[5, 6]]);
  assert.deepEqual(read(wav(samples, { riffBytes: 0, dataBytes: 0 })), [[5, 6]]);
});

Deno.test("a file with no samples is empty, whatever follows the data", () => {
  assert.deepEqual(read(wav([], { after: chunk("LIST", [1, 2, 3, 4]) })), [[]]);
});

Deno.test("a file that ends early gives the samples that are there", () => {
  assert.deepEqual(read(wav([5, 0, 6, 0, 7], { dataBytes: 1000 })), [[5, 6]]);
  const stereo = wav([1, 0, 2, 0, 3, 0], { channelCount: 2, dataBytes: 8 });
  assert.deepEqual(read(stereo), [[1], [2]]);
});

Deno.test("what is no such file is refused with the reason", () => {
  const notWav = "Cannot read the audio: the file must be a WAV file (RIFF … WAVE)";
  assert.throws(() => read(new Uint8Array(0)), new WavError(notWav));
  assert.throws(() => read(Uint8Array.from(name("ID3 mp3 audio, a lot"))), new WavError(notWav));
  const avi = wav([]);
  avi.set(name("AVI "), 8);
  assert.throws(() => read(avi), new WavError(notWav));
  assert.throws(
    () => read(wav([1, 2], { encoding: 7, bits: 8 })),
    new WavError(
      "Cannot read the audio: samples must be 8, 16, 24 or 32-bit PCM or 32-bit float: " +
        "received encoding 7 with 8 bits",
    ),
  );
  for (const channelCount of [0, 33]) {
    const reason = `Cannot read the audio: channels must be 1 to 32: received ${channelCount}`;
    assert.throws(() => read(wav([1, 2], { channelCount })), new WavError(reason));
  }
  assert.throws(
    () => read(wav([1, 2], { sampleRateHz: 0 })),
    new WavError("Cannot read the audio: the sample rate must be above 0 Hz: received 0"),
  );
});

Deno.test("a file without its format or its data is refused with what is missing", () => {
  const riff = [...name("RIFF"), ...le(0, 4), ...name("WAVE")];
  const holds = (what: string) =>
    new WavError(`Cannot read the audio: the file must hold a ${what} chunk: none was found`);
  assert.throws(() => read(Uint8Array.from(riff)), holds("fmt"));
  const formatOnly = wav([]).subarray(0, 36);
  assert.throws(() => read(formatOnly), holds("data"));
  assert.throws(
    () => read(Uint8Array.from([...riff, ...chunk("data", [1, 0])])),
    new WavError("Cannot read the audio: a fmt chunk must precede the data"),
  );
  assert.throws(
    () => read(Uint8Array.from([...riff, ...chunk("fmt ", le(1, 2)), ...chunk("data", [])])),
    new WavError("Cannot read the audio: the fmt chunk must have at least 16 bytes: received 2"),
  );
});

Deno.test("whatever the bytes, reading them gives channels or a WavError and never hangs", () => {
  const good = wav([1, 0, 2, 0, 3, 0], { between: chunk("LIST", [1, 2, 3]) });
  const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(damage, fc.nat(good.length), (changes, length) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      try {
        const { sampleRateHz, channels } = readWav(bytes.subarray(0, length));
        assert.ok(sampleRateHz > 0 && channels.length >= 1 && channels[0].length <= length);
      } catch (error) {
        assert.ok(error instanceof WavError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("what is written is read back, one channel or several", () => {
  const channels = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(50)).chain(([count, length]) =>
    fc.array(fc.int16Array({ minLength: length, maxLength: length }), {
      minLength: count,
      maxLength: count,
    })
  );
  fc.assert(fc.property(channels, fc.constantFrom(8000, 16000, 48000), (written, sampleRateHz) => {
    assert.deepEqual(readWav(writeWav(written, sampleRateHz)), { sampleRateHz, channels: written });
  }));
});

Deno.test("what is written is a WAV file byte for byte", () => {
  const written = writeWav([Int16Array.of(1, 3), Int16Array.of(2, -4)], 8000);
  const expected = wav([1, 0, 2, 0, 3, 0, 0xfc, 0xff], { channelCount: 2, sampleRateHz: 8000 });
  assert.deepEqual([...written], [...expected]);
});

Deno.test("channels of unlike length, and no channel, can't be written", () => {
  assert.throws(
    () => writeWav([new Int16Array(3), new Int16Array(2)], 16000),
    new RangeError("Cannot write a WAV file: channels must have one length: received 3, 2"),
  );
  assert.throws(
    () => writeWav([], 16000),
    new RangeError("Cannot write a WAV file: channels must have one length: received none"),
  );
});
