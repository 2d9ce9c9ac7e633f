import assert from "node:assert/strict";
import fc from "fast-check";
import { concatSamples } from "../lib/audio/pcm.ts";
import { Resampler } from "../lib/audio/resample.ts";

const AMPLITUDE = 16000;

function tone(hz: number, rateHz: number, samples: number, amplitude = AMPLITUDE): Int16Array {
  return Int16Array.from(
    { length: samples },
    (_, i) => Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / rateHz)),
  );
}

/** Fits a tone to samples: its amplitude, its phase in radians, and the rms of all that it is not. */
function fit(samples: Int16Array, hz: number, rateHz: number) {
  const step = 2 * Math.PI * hz / rateHz;
  let cc = 0, ss = 0, cs = 0, xc = 0, xs = 0;
  samples.forEach((x, i) => {
    const c = Math.cos(step * i), s = Math.sin(step * i);
    cc += c * c;
    ss += s * s;
    cs += c * s;
    xc += x * c;
    xs += x * s;
  });
  const determinant = cc * ss - cs * cs;
  const a = (xs * cc - xc * cs) / determinant, b = (xc * ss - xs * cs) / determinant;
  let rest = 0;
  samples.forEach((x, i) => {
    rest += (x - a * Math.sin(step * i) - b * Math.cos(step * i)) ** 2;
  });
  const restRms = Math.sqrt(rest / samples.length);
  return { amplitude: Math.hypot(a, b), phase: Math.atan2(b, a), restRms };
}

function resample(samples: Int16Array, fromHz: number, toHz: number): Int16Array {
  const resampler = new Resampler(fromHz, toHz);
  return concatSamples([resampler.push(samples), resampler.flush()]);
}

/** Without the ends, where the filter reaches into the silence before and after. */
function middle(samples: Int16Array, by = 200): Int16Array {
  return samples.subarray(by, samples.length - by);
}

/** Frequencies from one to the other, the last included. */
function sweep(fromHz: number, toHz: number, stepHz: number): number[] {
  return Array.from(
    { length: Math.floor((toHz - fromHz) / stepHz) + 1 },
    (_, i) => fromHz + i * stepHz,
  );
}

function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}

Deno.test("the samples that come out don't depend on how the input was cut", () => {
  const rates = fc.constantFrom(8000, 11025, 16000, 22050, 24000, 44100, 48000);
  const cuts = fc.array(fc.nat(977), { minLength: 1, maxLength: 12 });
  const input = tone(440, 16000, 6001).map((x, i) => x + (i * 7919) % 9001 - 4500);
  fc.assert(fc.property(rates, rates, cuts, (fromHz, toHz, lengths) => {
    const resampler = new Resampler(fromHz, toHz);
    const chunks: Int16Array[] = [resampler.push(new Int16Array(0))];
    for (let at = 0, i = 0; at < input.length; i++) {
      const length = lengths[i % lengths.length] || 1;
      chunks.push(resampler.push(input.subarray(at, at + length)).slice());
      at += length;
    }
    chunks.push(resampler.flush());
    assert.deepEqual(concatSamples(chunks), resample(input, fromHz, toHz));
  }));
});

Deno.test("one sample at a time is the same as all at once", () => {
  const input = tone(1234, 24000, 1500);
  const resampler = new Resampler(24000, 16000);
  const chunks = Array.from(input, (x) => resampler.push(Int16Array.of(x)));
  assert.deepEqual(
    concatSamples([...chunks, resampler.flush()]),
    resample(input, 24000, 16000),
  );
});

Deno.test("as much time comes out as went in, and after a flush all begins anew", () => {
  for (const [fromHz, toHz] of [[24000, 16000], [8000, 16000], [44100, 16000], [16000, 8000]]) {
    for (const samples of [1, 2, 479, 480, 4801]) {
      const input = tone(700, fromHz, samples);
      const resampler = new Resampler(fromHz, toHz);
      const first = concatSamples([resampler.push(input), resampler.flush()]);
      assert.equal(first.length, Math.ceil(samples * toHz / fromHz), `${fromHz} ${samples}`);
      assert.deepEqual(concatSamples([resampler.push(input), resampler.flush()]), first);
    }
  }
});

Deno.test("nothing waits longer than half the filter: 2 ms, and 4 ms at 8 kHz", () => {
  for (const fromHz of [8000, 24000, 48000]) {
    const resampler = new Resampler(fromHz, 16000);
    const given = resampler.push(new Int16Array(fromHz)).length;
    const lateMs = (16000 - given) / 16;
    assert.ok(lateMs > 0 && lateMs <= (fromHz === 8000 ? 4 : 2), `${fromHz} Hz: ${lateMs} ms`);
  }
});

Deno.test("24 kHz becomes 16 kHz without aliases above −80 dB", () => {
  for (const hz of sweep(8400, 11900, 125)) {
    const output = middle(resample(tone(hz, 24000, 6000), 24000, 16000));
    const rms = Math.sqrt(output.reduce((sum, x) => sum + x * x, 0) / output.length);
    const aliasDb = decibels(rms / (AMPLITUDE / Math.SQRT2));
    assert.ok(aliasDb < -80, `${hz} Hz: ${aliasDb.toFixed(1)} dB`);
  }
});

Deno.test("8 kHz becomes 16 kHz without images above −80 dB", () => {
  for (const hz of sweep(100, 3800, 100)) {
    const output = middle(resample(tone(hz, 8000, 3000), 8000, 16000));
    const imageDb = decibels(fit(output, hz, 16000).restRms / (AMPLITUDE / Math.SQRT2));
    assert.ok(imageDb < -80, `${hz} Hz: ${imageDb.toFixed(1)} dB`);
  }
});

Deno.test("what a phone carries keeps its level within 0.05 dB and its place in time", () => {
  for (const [fromHz, toHz, lastHz] of [[24000, 16000, 7000], [8000, 16000, 3400]]) {
    for (const hz of sweep(100, lastHz, 150)) {
      const output = resample(tone(hz, fromHz, fromHz / 4), fromHz, toHz);
      const skipped = 200;
      const { amplitude, phase } = fit(middle(output, skipped), hz, toHz);
      const rippleDb = decibels(amplitude / AMPLITUDE);
      assert.ok(Math.abs(rippleDb) < 0.05, `${fromHz} Hz, ${hz} Hz: ${rippleDb.toFixed(3)} dB`);
      const expected = 2 * Math.PI * hz * skipped / toHz;
      const shift = Math.atan2(Math.sin(phase - expected), Math.cos(phase - expected));
      const shiftUs = shift / (2 * Math.PI * hz) * 1e6;
      assert.ok(Math.abs(shiftUs) < 0.5, `${fromHz} Hz, ${hz} Hz: ${shiftUs.toFixed(2)} µs`);
    }
  }
});

Deno.test("a level that never changes comes out as it went in", () => {
  for (const fromHz of [8000, 22050, 24000, 44100, 48000]) {
    const output = middle(resample(new Int16Array(fromHz / 4).fill(12345), fromHz, 16000));
    assert.ok(output.every((x) => x === 12345), `${fromHz} Hz`);
  }
});

Deno.test("what overshoots full scale is limited and never wraps around", () => {
  const square = Int16Array.from({ length: 4800 }, (_, i) => i % 160 < 80 ? 32767 : -32768);
  const output = resample(square, 24000, 16000);
  assert.ok(output.includes(32767) && output.includes(-32768));
  // The steps ring for at most the filter's reach; between, the sign is that of the input.
  for (let i = 0; i < 3000; i++) {
    const at = i * 1.5 % 80;
    if (at < 4 || at > 76) continue;
    const sign = i * 1.5 % 160 < 80 ? 1 : -1;
    assert.ok(output[i] * sign > 20_000, `sample ${i}: ${output[i]}`);
  }
});

Deno.test("equal rates pass through untouched", () => {
  const input = tone(7990, 16000, 501);
  const resampler = new Resampler(16000, 16000);
  assert.deepEqual(resampler.push(input), input);
  assert.equal(resampler.flush().length, 0);
});

Deno.test("rates that make no sense or no small filter are refused with the reason", () => {
  for (const rateHz of [0, -8000, 8000.5, NaN, Infinity]) {
    const reason = new RangeError(
      `Cannot resample: a rate must be a whole number of Hz above 0: received ${rateHz}`,
    );
    assert.throws(() => new Resampler(rateHz, 16000), reason);
    assert.throws(() => new Resampler(16000, rateHz), reason);
  }
  assert.throws(
    () => new Resampler(44101, 16000),
    new RangeError(
      "Cannot resample: rates must have a simple ratio: received 44101 Hz to 16000 Hz",
    ),
  );
});
