import assert from "node:assert/strict";
import { concatSamples, FRAME_SAMPLES, levelDbfs, samplesFromBytes } from "../lib/audio/pcm.ts";
import { firstText } from "../lib/simulator/first_text.ts";
import { cough, ringingTone, seededRandom, whiteNoise } from "../lib/simulator/noises.ts";
import { muLaw, onPhoneLine, type PhoneLineOptions } from "../lib/simulator/phone_line.ts";
import { SoundSpans } from "../lib/simulator/sound_spans.ts";
import { type AudioQuirks, StreamMessages } from "../lib/simulator/stream_messages.ts";

const MONO = { track: "inbound_track", outputRateHz: 16000 } as const;
const BOTH = { track: "both_tracks", outputRateHz: 16000 } as const;

function frame(value: number): Int16Array {
  return new Int16Array(320).fill(value);
}

/** Sends `count` frames tick by tick, and gives the messages. */
function messages(
  quirks: AudioQuirks,
  count: number,
  verb: typeof MONO | typeof BOTH = MONO,
): Uint8Array[] {
  const stream = new StreamMessages(verb, quirks, seededRandom(7));
  const sent: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    stream.add(frame(i + 1), frame(-1), verb.track, i * 20);
    const message = stream.take();
    if (message) sent.push(message);
  }
  return sent;
}

function joined(sent: Uint8Array[]): Uint8Array {
  return new Uint8Array(sent.flatMap((message) => [...message]));
}

Deno.test("a mono frame of 20 ms is one message of 640 bytes", () => {
  assert.deepEqual(messages({}, 3).map((message) => message.length), [640, 640, 640]);
});

Deno.test("what gathered while the handshake took 300 ms leaves as one message", () => {
  const stream = new StreamMessages(MONO, {}, seededRandom(7));
  for (let i = 0; i < 16; i++) stream.add(frame(i), frame(0), "inbound_track", i * 20);
  assert.equal(stream.take()?.length, 10_240);
  assert.equal(stream.take(), undefined);
});

Deno.test("a ring that is full loses its whole backlog", () => {
  const stream = new StreamMessages(MONO, {}, seededRandom(7));
  for (let i = 0; i <= 100; i++) stream.add(frame(i), frame(0), "inbound_track", i * 20);
  assert.deepEqual(samplesFromBytes(stream.take()!), frame(100));
});

Deno.test("joined ticks change message sizes and nothing else", () => {
  const sent = messages({ joinedTicks: 0.5 }, 60);
  assert.ok(sent.some((message) => message.length >= 1280));
  const whole = joined(sent);
  assert.deepEqual(whole, joined(messages({}, 60)).subarray(0, whole.length));
});

Deno.test("odd messages change message sizes and nothing else", () => {
  const sent = messages({ oddBytes: true }, 10);
  assert.ok(sent.every((message) => message.length % 2 === 1));
  const whole = joined(sent);
  assert.deepEqual(whole, joined(messages({}, 10)).subarray(0, whole.length));
});

Deno.test("in a gap no frame comes at all", () => {
  const sent = messages({ gaps: [{ atMs: 40, lengthMs: 100 }] }, 10);
  assert.deepEqual(sent.map((message) => samplesFromBytes(message)[0]), [1, 2, 8, 9, 10]);
});

Deno.test("both tracks come interleaved with the caller left, or mixed", () => {
  const [stereo] = messages({}, 1, BOTH);
  assert.equal(stereo.length, 1280);
  assert.deepEqual([...samplesFromBytes(stereo).subarray(0, 4)], [1, -1, 1, -1]);
  const [mixed] = messages({ bothTracks: "mixed" }, 1, BOTH);
  assert.deepEqual(samplesFromBytes(mixed), frame(0));
});

Deno.test("the first text frame comes in every variant that was seen", () => {
  const call = { callId: "HD_1", callerNumber: "+1", dialledNumber: "+2" };
  const verb = { headerMetadata: '{"note":"it\'s \\"ours\\""}', openMetadata: "opaque" };
  const text = firstText("metadata", call, verb)!;
  assert.deepEqual(JSON.parse(text).headers, { note: 'it\'s "ours"' });
  assert.equal(JSON.parse(text).metadata, "opaque");
  assert.equal(firstText("none", call, verb), undefined);
  assert.throws(() => JSON.parse(firstText("glued", call, verb)!));
  assert.ok(firstText("glued", call, verb)!.startsWith(text));
  assert.throws(() => JSON.parse(firstText("broken", call, verb)!));
  assert.ok(!firstText("broken", call, verb)!.includes("\\"));
  assert.throws(() => JSON.parse(firstText("plain", call, verb)!));
});

Deno.test("mu-law keeps samples within half a step of its segment, and their sign", () => {
  assert.equal(muLaw(0), 0);
  for (let sample = -32768; sample < 32768; sample += 7) {
    const error = Math.abs(muLaw(sample) - sample);
    assert.ok(error <= Math.max(4, (Math.abs(sample) + 132) / 32 + 1), `${sample}: ${error}`);
  }
  assert.ok(muLaw(-5000) < 0);
});

/** Passes a second of `samples` through a phone line whose other end says `heard`. */
function through(options: PhoneLineOptions, samples: Int16Array, heard = 0): Int16Array {
  let at = 0;
  const line = onPhoneLine({
    next: () => ({ samples: samples.slice(at, at += FRAME_SAMPLES), keys: "1" }),
  }, options);
  const frames: Int16Array[] = [];
  while (at < samples.length) {
    const { samples, keys } = line.next(frame(heard));
    assert.equal(keys, "1");
    frames.push(samples);
  }
  return concatSamples(frames);
}

function tone(frequencyHz: number): Int16Array {
  return Int16Array.from(
    { length: 16000 },
    (_, i) => 8000 * Math.sin(i * frequencyHz * Math.PI / 8000),
  );
}

Deno.test("the telephone passes 1 kHz and stops hum and what is above 3.4 kHz", () => {
  const gain = (frequencyHz: number) =>
    levelDbfs(through({ telephone: true }, tone(frequencyHz)).subarray(4000)) -
    levelDbfs(tone(frequencyHz));
  assert.ok(Math.abs(gain(1000)) < 1);
  assert.ok(gain(50) < -30);
  assert.ok(gain(6800) < -24);
});

Deno.test("noise is as far below speech level as asked for", () => {
  const level = levelDbfs(through({ noiseDb: 30 }, new Int16Array(16000)));
  assert.ok(Math.abs(level + 50) < 0.5, `${level}`);
});

Deno.test("the echo of the agent comes back at its level, and later", () => {
  const heard = through({ echoDb: -15 }, new Int16Array(16000), 10000);
  assert.equal(heard.findIndex((sample) => sample !== 0), 0.12 * 16000);
  assert.ok(Math.abs(heard[15999] - 10000 * 10 ** (-15 / 20)) < 2);
});

Deno.test("noises are the same for the same seed, and a cough is short and loud", () => {
  assert.deepEqual(whiteNoise(100, -30, seededRandom(3)), whiteNoise(100, -30, seededRandom(3)));
  const sound = cough(seededRandom(3));
  assert.equal(sound.length, 220 * 16);
  assert.ok(levelDbfs(sound.subarray(0, 1600)) > -24);
  assert.ok(levelDbfs(sound.subarray(-320)) < -50);
});

Deno.test("a phone rings for one second of five", () => {
  const tone = ringingTone(6000);
  assert.ok(levelDbfs(tone.subarray(0, 16000)) > -40);
  assert.equal(levelDbfs(tone.subarray(16000, 80000)), -100);
  assert.ok(levelDbfs(tone.subarray(80000)) > -40);
});

Deno.test("stretches of sound are parted by more than 300 ms of silence", () => {
  const spans = new SoundSpans();
  const pattern = [[0, 5], [1, 10], [0, 10], [1, 5], [0, 20], [1, 5]];
  const begins = pattern.flatMap(([loud, count]) =>
    Array.from({ length: count }, () => spans.hear(frame(loud * 5000)))
  );
  assert.deepEqual(spans.spans, [{ startMs: 100, endMs: 600 }, { startMs: 1000, endMs: 1100 }]);
  assert.equal(begins.filter(Boolean).length, 2);
  assert.equal(spans.silentMs, 0);
});
