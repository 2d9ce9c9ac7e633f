import assert from "node:assert/strict";
import { bytesFromSamples, concatSamples } from "../lib/audio/pcm.ts";
import { PlayoutModel } from "../lib/simulator/playout_model.ts";

function ramp(length: number, from = 1): Int16Array {
  return Int16Array.from({ length }, (_, i) => from + i);
}

function hear(model: PlayoutModel, ticks: number): Int16Array {
  return concatSamples(Array.from({ length: ticks }, () => model.tick()));
}

function loudSamples(heard: Int16Array): number {
  return heard.filter((sample) => sample !== 0).length;
}

Deno.test("the first sound waits for 1,280 samples", () => {
  const model = new PlayoutModel({ rateHz: 16000 });
  model.push(bytesFromSamples(ramp(1279)));
  assert.equal(loudSamples(hear(model, 10)), 0);
  model.push(bytesFromSamples(ramp(1, 1280)));
  assert.deepEqual(hear(model, 4), ramp(1280));
});

Deno.test("the first sound waits 160 ms of speech at 8 kHz and 80 ms at 16 kHz", () => {
  for (const [rateHz, ms] of [[8000, 160], [16000, 80]]) {
    const model = new PlayoutModel({ rateHz });
    const tickSamples = rateHz / 50;
    let sentMs = 0;
    while (model.queuedSamples === 0) {
      model.push(bytesFromSamples(ramp(tickSamples)));
      sentMs += 20;
    }
    assert.equal(sentMs, ms);
  }
});

Deno.test("after the first sound audio goes on in batches of 640 samples", () => {
  const model = new PlayoutModel({ rateHz: 16000 });
  model.push(bytesFromSamples(ramp(1280)));
  model.push(bytesFromSamples(ramp(639, 1281)));
  assert.equal(model.queuedSamples, 1280);
  model.push(bytesFromSamples(ramp(1, 1920)));
  assert.deepEqual(hear(model, 6), ramp(1920));
});

Deno.test("a tail under 640 samples is heard only when more comes, and sample-exact then", () => {
  const model = new PlayoutModel({ rateHz: 16000 });
  model.push(bytesFromSamples(ramp(1280 + 639)));
  assert.equal(loudSamples(hear(model, 50)), 1280);
  assert.equal(model.unheardSamples, 639);
  model.push(bytesFromSamples(ramp(1, 1920)));
  assert.deepEqual(hear(model, 2), ramp(640, 1281));
});

Deno.test("a minute that comes in one burst is played in real time, and nothing is lost", () => {
  const model = new PlayoutModel({ rateHz: 16000 });
  model.push(bytesFromSamples(new Int16Array(60 * 16000).fill(7)));
  assert.equal(model.tick().length, 320);
  assert.equal(loudSamples(hear(model, 60 * 50)), 60 * 16000 - 320);
});

Deno.test("an underrun is silence, and audio then goes on where it stopped", () => {
  const model = new PlayoutModel({ rateHz: 16000 });
  model.push(bytesFromSamples(ramp(1280)));
  assert.equal(loudSamples(hear(model, 8)), 1280);
  model.push(bytesFromSamples(ramp(640, 5000)));
  assert.deepEqual(hear(model, 2), ramp(640, 5000));
});

Deno.test("killAudio empties the queue at the next tick, with what came until then", () => {
  const model = new PlayoutModel({ rateHz: 16000 });
  model.push(bytesFromSamples(ramp(6400)));
  hear(model, 2);
  model.killAudio();
  model.push(bytesFromSamples(ramp(640)));
  assert.equal(loudSamples(hear(model, 20)), 0);
});

Deno.test("killAudio leaves the remnant in the prebuffer, which comes out with the next audio", () => {
  const model = new PlayoutModel({ rateHz: 16000 });
  model.push(bytesFromSamples(ramp(1280 + 600)));
  model.killAudio();
  hear(model, 1);
  assert.equal(model.unheardSamples, 600);
  model.push(bytesFromSamples(ramp(40, 9000)));
  const heard = hear(model, 2);
  assert.deepEqual(heard.subarray(0, 600), ramp(600, 1281));
  assert.deepEqual(heard.subarray(600), ramp(40, 9000));
});

Deno.test("messages of odd length are put together byte-exact", () => {
  const model = new PlayoutModel({ rateHz: 16000 });
  const bytes = bytesFromSamples(ramp(1280, -600));
  let at = 0;
  for (const length of [1, 0, 333, 2, 1001]) {
    model.push(bytes.subarray(at, at + length));
    at += length;
  }
  model.push(bytes.subarray(at));
  assert.deepEqual(hear(model, 4), ramp(1280, -600));
});

Deno.test("a build without streaming playback discards every binary message", () => {
  const model = new PlayoutModel({ rateHz: 16000, build: "drachtio-plain" });
  model.push(bytesFromSamples(ramp(5000)));
  assert.equal(loudSamples(hear(model, 30)), 0);
  assert.equal(model.discardedBytes, 10000);
});
