import assert from "node:assert/strict";
import fc from "fast-check";
import { ChannelProbe } from "../lib/audio/channel_probe.ts";
import { Framer, MAX_TOGETHER } from "../lib/audio/framer.ts";
import { FRAME_SAMPLES } from "../lib/audio/pcm.ts";
import { FakeClock } from "./fake_clock.ts";

/** Cuts `bytes` after each of `lengths`, over and over. */
function cut(bytes: Uint8Array, lengths: number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = Math.max(1, lengths[i % lengths.length]);
    pieces.push(bytes.slice(at, at + length));
    at += length;
  }
  return pieces;
}

function noise(samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) => (i * 7919 + 13) % 65536 - 32768);
}

Deno.test("however the bytes are cut, the frames hold the same samples", () => {
  const samples = noise(FRAME_SAMPLES * 5 + 7);
  const bytes = new Uint8Array(samples.buffer);
  fc.assert(fc.property(fc.array(fc.nat(2000), { minLength: 1, maxLength: 9 }), (lengths) => {
    const framer = new Framer();
    const heard: number[] = [];
    for (const piece of cut(bytes, lengths)) framer.push(piece, (frame) => heard.push(...frame));
    assert.deepEqual(heard, [...samples.subarray(0, FRAME_SAMPLES * 5)]);
    assert.equal(framer.waitingBytes, 14);
  }));
});

Deno.test("frames wait for each other as long as they may, and none is lost or late", () => {
  const samples = noise(FRAME_SAMPLES * 20);
  const bytes = new Uint8Array(samples.buffer);
  const lengths = fc.array(fc.nat(2000), { minLength: 1, maxLength: 9 });
  const togethers = fc.array(fc.integer({ min: 1, max: MAX_TOGETHER }), { minLength: 1 });
  fc.assert(
    fc.property(lengths, togethers, fc.constantFrom(1, 2), (lengths, togethers, channels) => {
      const framer = new Framer(channels as 1 | 2);
      const heard: number[] = [];
      let following = 0;
      const hear = (frame: Int16Array, after: number) => {
        if (following > 0) assert.equal(after, following - 1);
        following = after;
        heard.push(...frame);
      };
      for (const [i, piece] of cut(bytes, lengths).entries()) {
        const together = togethers[i % togethers.length];
        framer.push(piece, hear, together);
        assert.equal(following, 0);
        assert.ok(framer.waitingBytes < together * 640 * channels);
      }
      framer.flush(hear);
      assert.deepEqual(heard, [...samples].filter((_, i) => i % channels === 0));
    }),
  );
});

Deno.test("of two channels the first is heard, wherever the bytes are cut", () => {
  const left = noise(FRAME_SAMPLES * 3);
  const both = new Int16Array(left.length * 2);
  left.forEach((sample, i) => both[2 * i] = sample);
  both.forEach((_, i) => i % 2 && (both[i] = 77));
  fc.assert(fc.property(fc.array(fc.nat(3000), { minLength: 1, maxLength: 9 }), (lengths) => {
    const framer = new Framer(2);
    const heard: number[] = [];
    for (const piece of cut(new Uint8Array(both.buffer), lengths)) {
      framer.push(piece, (frame) => heard.push(...frame));
    }
    assert.deepEqual(heard, [...left]);
  }));
});

Deno.test("bytes at an odd place in their buffer, and none at all, are no trouble", () => {
  const framer = new Framer();
  const heard: Int16Array[] = [];
  const whole = new Uint8Array(641).fill(3);
  framer.push(new Uint8Array(), (frame) => heard.push(frame));
  framer.push(whole.subarray(1), (frame) => heard.push(frame));
  assert.equal(heard.length, 1);
  assert.ok(heard[0].every((sample) => sample === 0x0303));
});

for (const [channels, bytesPerTick] of [[1, 640], [2, 1280]] as const) {
  Deno.test(`a stream of ${channels} channel(s) is told by its speed and loses nothing`, async () => {
    const clock = new FakeClock();
    const probe = new ChannelProbe(clock);
    const heard: number[] = [];
    const hear = (frame: Int16Array) => heard.push(frame[0]);
    // What was spoken during the handshake comes first, all at once.
    const frame = new Int16Array(bytesPerTick / 2).map((_, i) => i % channels === 0 ? 5 : 9);
    const backlog = new Uint8Array(bytesPerTick * 30);
    for (let i = 0; i < 30; i++) {
      backlog.set(new Uint8Array(frame.buffer), i * bytesPerTick);
    }
    probe.push(backlog, hear);
    for (let tick = 1; tick <= 50; tick++) {
      await clock.advance(20);
      probe.push(new Uint8Array(frame.slice().buffer), hear);
    }
    assert.equal(heard.length, 80);
    assert.ok(heard.every((sample) => sample === 5));
  });
}
