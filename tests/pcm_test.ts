import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bytesFromSamples,
  concatSamples,
  levelDbfs,
  limitPeak,
  samplesFromBytes,
} from "../lib/audio/pcm.ts";

const anySamples = fc.int16Array({ maxLength: 700 });

Deno.test("samples are little-endian bytes and back, at any alignment", () => {
  assert.deepEqual([...bytesFromSamples(Int16Array.of(1, -2, 0x1234))], [
    ...[1, 0],
    ...[0xfe, 0xff],
    ...[0x34, 0x12],
  ]);
  fc.assert(fc.property(anySamples, fc.nat(3), (samples, offset) => {
    const bytes = new Uint8Array(offset + 2 * samples.length);
    bytes.set(bytesFromSamples(samples), offset);
    const back = samplesFromBytes(bytes.subarray(offset));
    assert.deepEqual(back, samples);
    bytes.fill(0x55);
    assert.deepEqual(back, samples, "the samples must be a copy");
  }));
});

Deno.test("a part of a larger array becomes the bytes of that part alone", () => {
  const samples = Int16Array.of(9, 1, 2, 9);
  assert.deepEqual([...bytesFromSamples(samples.subarray(1, 3))], [1, 0, 2, 0]);
});

Deno.test("bytes that end within a sample are refused", () => {
  assert.throws(
    () => samplesFromBytes(new Uint8Array(641)),
    new RangeError("Cannot read samples: the number of bytes must be even: received 641"),
  );
});

Deno.test("the level of a full-scale sine is −3 dB, and half the amplitude is 6 dB less", () => {
  const sine = (amplitude: number) =>
    Int16Array.from({ length: 1600 }, (_, i) => amplitude * Math.sin(2 * Math.PI * i / 16));
  assert.ok(Math.abs(levelDbfs(sine(32767)) + 3.01) < 0.01);
  assert.ok(Math.abs(levelDbfs(sine(32767)) - levelDbfs(sine(16384)) - 6.02) < 0.01);
  assert.equal(levelDbfs(new Int16Array(320).fill(-32768)), 0);
});

Deno.test("the level of silence, of nothing and of next to nothing is −100 dB", () => {
  assert.equal(levelDbfs(new Int16Array(320)), -100);
  assert.equal(levelDbfs(new Int16Array(0)), -100);
  const oneBit = new Int16Array(320_000);
  oneBit[7] = 1;
  assert.equal(levelDbfs(oneBit), -100);
});

Deno.test("chunks are joined in order into an array of its own", () => {
  fc.assert(fc.property(fc.array(anySamples, { maxLength: 6 }), (chunks) => {
    const joined = concatSamples(chunks);
    assert.deepEqual([...joined], chunks.flatMap((chunk) => [...chunk]));
  }));
  const only = Int16Array.of(1, 2);
  concatSamples([only])[0] = 9;
  assert.equal(only[0], 1);
});

Deno.test("only what peaks above the limit is made quieter, all of it alike", () => {
  const loud = Int16Array.of(-32768, 16384, 0, 8192);
  limitPeak(loud, -6.0206);
  assert.deepEqual([...loud], [-16383, 8191, 0, 4095]);
  const quiet = Int16Array.of(1000, -1000);
  limitPeak(quiet, -6);
  assert.deepEqual([...quiet], [1000, -1000]);
  fc.assert(fc.property(anySamples, fc.double({ min: -40, max: 0, noNaN: true }), (samples, db) => {
    limitPeak(samples, db);
    const peak = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    assert.ok(peak <= 32768 * 10 ** (db / 20));
  }));
});
