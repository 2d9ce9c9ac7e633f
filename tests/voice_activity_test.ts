import assert from "node:assert/strict";
import { concatSamples, levelDbfs } from "../lib/audio/pcm.ts";
import { Utterances } from "../lib/hearing/utterances.ts";
import { VoiceActivity } from "../lib/hearing/voice_activity.ts";
import {
  clicks,
  hum,
  risingNoise,
  silence,
  sine,
  sound,
  type Span,
  spoken,
  throughCoarseCodec,
  throughMuLaw,
  tune,
  turnsAlone,
  withDc,
  withGain,
  withLostPackets,
} from "./phone_sounds.ts";
import { frames, mix, noise, seeded } from "./synthetic_speech.ts";

type Sound = (ms: number) => Int16Array;

/** How far the edges of a turn may be from where people hear them. */
const EDGE_MS = 400;
/** Turns shorter than this are single words; that they are heard at all is enough. */
const WORD_MS = 1000;
/** After this long a disturbance, or its beginning when it stays, must be over for the detector. */
const RECOVERY_MS = 2000;

const voice = turnsAlone(spoken("hum-wideband", 300, 12000));
const VOICE_MS = voice.samples.length / 16;
const quietLine: Sound = (ms) => noise(ms, -62);
const call = mix(voice.samples, quietLine(VOICE_MS));

interface Heard extends Span {
  speechLike: boolean;
}

/** Listens to a whole call; tells what was heard, and in which frames an utterance was open. */
function listen(samples: Int16Array) {
  const activity = new VoiceActivity(), utterances = new Utterances();
  const heard: Heard[] = [], openFrames: boolean[] = [];
  for (const frame of frames(samples)) {
    const event = utterances.push(frame, activity.push(frame));
    openFrames.push(utterances.inUtterance);
    if (event?.type !== "end") continue;
    heard.push({ start: event.startMs, end: event.endMs, speechLike: event.speechLike });
  }
  return { activity, heard, openAt: (ms: number) => openFrames[ms / 20] };
}

/** Fails unless each turn was heard as an utterance of its own. */
function assertHeard(heard: Heard[], turns: Span[], offsetMs = 0): void {
  for (const { start, end } of turns) {
    const found = heard.some((one) =>
      Math.abs(one.start - offsetMs - start) <= EDGE_MS &&
      Math.abs(one.end - offsetMs - end) <= EDGE_MS &&
      (one.speechLike || end - start < WORD_MS)
    );
    const all = heard.map((one) => `${one.start}–${one.end}${one.speechLike ? "" : " (no)"}`);
    assert.ok(found, `${start + offsetMs}–${end + offsetMs} was not heard: ${all.join(", ")}`);
  }
}

for (const name of ["hum-wideband", "white-noise-mu-law", "pink-noise-quiet-mu-law"]) {
  Deno.test(`every turn of the recording ${name} is heard, and no other`, () => {
    const { samples, turns } = spoken(name);
    assert.ok(turns.length > 1);
    const { heard } = listen(concatSamples([samples, silence(1000)]));
    assertHeard(heard, turns);
    assert.ok(heard.filter((one) => one.speechLike).length <= turns.length);
  });
}

Deno.test("through GSM, over noise only 5 dB softer, most is heard and little else", () => {
  const { samples, turns } = spoken("pink-noise-loud-gsm");
  const { heard } = listen(concatSamples([samples, silence(1000)]));
  const accepted = heard.filter((one) => one.speechLike);
  const lengthMs = (spans: Span[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const common = turns.flatMap((turn) =>
    accepted.map((one) => ({
      start: Math.max(turn.start, one.start),
      end: Math.max(turn.start, one.start, Math.min(turn.end, one.end)),
    }))
  );
  assert.ok(lengthMs(common) > 0.8 * lengthMs(turns), "too little was heard");
  assert.ok(lengthMs(common) > 0.8 * lengthMs(accepted), "too much was heard");
});

const alwaysThere: Record<string, (samples: Int16Array) => Int16Array> = {
  "nothing else": (samples) => samples,
  "DC above": (samples) => withDc(samples, 6000),
  "DC far below": (samples) => withDc(samples, -12_000),
  "mains hum": (samples) => mix(samples, hum(VOICE_MS, -24)),
  "seldom clicks": (samples) => mix(samples, clicks(VOICE_MS, 2300)),
  "µ-law": throughMuLaw,
  "a coarse codec": throughCoarseCodec,
  "both codecs, one after the other": (samples) => throughMuLaw(throughCoarseCodec(samples)),
  "a soft tune behind": (samples) => mix(samples, tune(VOICE_MS, -48)),
  "noise": (samples) => mix(samples, noise(VOICE_MS, -35)),
  "every fiftieth packet lost": (samples) => withLostPackets(samples, 0.02),
  "every tenth packet lost": (samples) => withLostPackets(samples, 0.1),
  "10 dB less": (samples) => withGain(samples, -10),
  "20 dB less": (samples) => withGain(samples, -20),
  "30 dB less": (samples) => withGain(samples, -30),
  "30 dB less through µ-law": (samples) => throughMuLaw(withGain(samples, -30)),
};

for (const [name, disturb] of Object.entries(alwaysThere)) {
  Deno.test(`every turn is heard, and no other, with ${name}`, () => {
    const { heard, openAt } = listen(disturb(call));
    assertHeard(heard, voice.turns);
    const others = heard.filter((one) => one.speechLike).length - voice.turns.length;
    assert.ok(others <= 0, `${others} turns too many`);
    assert.equal(openAt(VOICE_MS - 20), false);
  });
}

const passing: Record<string, Int16Array> = {
  "a loud tone": sine(5000, 1000, -15),
  "a soft dial tone": sine(5000, 425, -40),
  "loud noise": noise(5000, -20),
  "a second of very loud noise": noise(1000, -10),
  "noise in two steps": concatSamples([noise(4000, -45), noise(4000, -30)]),
  "noise that rises for half a minute": risingNoise(30_000, -65, -25),
  "loud hum": hum(5000, -20),
  "fast clicks": clicks(5000, 90),
  "slow clicks": clicks(5000, 330),
  "loud music": tune(8000, -20),
  "an input stuck at the rail": sound(3000, () => 0.999),
  "a square wave at full scale": sound(3000, (t) => t * 200 % 1 < 0.5 ? 0.99 : -0.99),
  "a gap of 5 s": silence(5000),
  "a gap of a minute": silence(60_000),
};

for (const [name, disturbance] of Object.entries(passing)) {
  Deno.test(`2 s after ${name} the line is quiet again and every turn is heard`, () => {
    const disturbanceMs = disturbance.length / 16;
    const { heard, openAt } = listen(
      concatSamples([call, disturbance, quietLine(RECOVERY_MS), call]),
    );
    assertHeard(heard, voice.turns);
    const againMs = VOICE_MS + disturbanceMs + RECOVERY_MS;
    assert.equal(openAt(againMs), false, "an utterance is still open");
    assertHeard(heard, voice.turns, againMs);
  });
}

const staying: Record<string, Sound> = {
  "comfort noise": (ms) => noise(ms, -40),
  "loud comfort noise": (ms) => noise(ms, -35),
  "hum": (ms) => hum(ms, -30),
  "a soft tone": (ms) => sine(ms, 425, -40),
  "DC": (ms) => sound(ms, () => 0.2),
};

for (const [name, disturb] of Object.entries(staying)) {
  for (const [from, line] of Object.entries({ "a quiet line": quietLine, "no sound": silence })) {
    Deno.test(`turns are heard again soon after ${from} became one with ${name}`, () => {
      const before = mix(voice.samples, line(VOICE_MS));
      const after = mix(concatSamples([line(RECOVERY_MS), voice.samples]), line(2 * VOICE_MS));
      const { heard } = listen(
        concatSamples([before, mix(after, disturb(RECOVERY_MS + VOICE_MS))]),
      );
      assertHeard(heard, voice.turns);
      assertHeard(heard, voice.turns, VOICE_MS + RECOVERY_MS);
    });
  }
}

Deno.test("noise that stays for half a minute is no utterance, however loud", () => {
  for (const levelDbfs of [-55, -45, -35, -25, -15, -8]) {
    const { heard, openAt } = listen(concatSamples([call, noise(30_000, levelDbfs)]));
    assert.equal(openAt(VOICE_MS + 29_980), false, `${levelDbfs} dB`);
    const longest = Math.max(...heard.map(({ start, end }) => end - Math.max(start, VOICE_MS)));
    assert.ok(longest < 4000, `${levelDbfs} dB: an utterance of ${longest} ms`);
  }
});

Deno.test("turns are heard over a floor that rises for ever", () => {
  const ms = 5 * VOICE_MS;
  const samples = mix(
    concatSamples([call, call, call, call, call]),
    risingNoise(ms, -70, -30),
  );
  const { heard, activity } = listen(samples);
  for (let i = 0; i < 5; i++) assertHeard(heard, voice.turns, i * VOICE_MS);
  const { floorDb } = activity.push(frames(noise(20, -30))[0]);
  assert.ok(Math.abs(floorDb + 30) < 4, `the floor is at ${floorDb.toFixed(1)} dB`);
});

Deno.test("the floor is the level of the noise, whatever is said over it", () => {
  for (const levelDbfs of [-65, -50, -35]) {
    const floorDb = floorAfter(mix(voice.samples, noise(VOICE_MS, levelDbfs)));
    assert.ok(Math.abs(floorDb - levelDbfs) < 4, `${levelDbfs} dB: ${floorDb.toFixed(1)} dB`);
  }
});

/** Mean distance in dB of the frames in turns from noise of a level. */
function trueSnrDb(noiseDbfs: number): number {
  const snrsDb = frames(voice.samples)
    .filter((_, i) => voice.turns.some(({ start, end }) => i * 20 >= start && i * 20 < end))
    .map((frame) => Math.max(0, levelDbfs(frame) - noiseDbfs));
  return snrsDb.reduce((sum, snrDb) => sum + snrDb, 0) / snrsDb.length;
}

Deno.test("the call's speech-to-noise ratio is unknown at first, then near the true one", () => {
  assert.ok(Number.isNaN(listen(quietLine(3000)).activity.snrDb));
  for (const noiseDbfs of [-60, -50, -40, -35]) {
    const { snrDb } = listen(mix(voice.samples, noise(VOICE_MS, noiseDbfs))).activity;
    const wrongDb = snrDb - trueSnrDb(noiseDbfs);
    assert.ok(Math.abs(wrongDb) < 5, `noise at ${noiseDbfs} dB: ${wrongDb.toFixed(1)} dB wrong`);
  }
});

Deno.test("the ratio of a line that became noisy is the new one within 5 s of speech", () => {
  const noisy = mix(call, noise(VOICE_MS, -35));
  const { activity } = listen(concatSamples([call, noisy]));
  const { activity: always } = listen(concatSamples([noisy, noisy]));
  const differenceDb = Math.abs(activity.snrDb - always.snrDb);
  assert.ok(differenceDb < 4, `${differenceDb.toFixed(1)} dB`);
});

Deno.test("the level of a frame leaves DC out", () => {
  const activity = new VoiceActivity();
  let levelDb = NaN;
  for (const frame of frames(withDc(sine(1000, 1000, -30), 9000))) {
    levelDb = activity.push(frame).levelDb;
  }
  assert.ok(Math.abs(levelDb + 30) < 0.5, `${levelDb.toFixed(1)} dB`);
});

/** Where the floor is after all of the sound. */
function floorAfter(samples: Int16Array): number {
  const activity = new VoiceActivity();
  let floorDb = NaN;
  for (const frame of frames(samples)) floorDb = activity.push(frame).floorDb;
  return floorDb;
}

Deno.test("seconds without sound are silence: the floor falls", () => {
  const floorDb = floorAfter(concatSamples([noise(3000, -35), silence(3000)]));
  assert.ok(floorDb < -60, `${floorDb.toFixed(1)} dB`);
});

Deno.test("noise that swells and fades is no turn", () => {
  for (const [hz, swingDb] of [[0.3, 5], [0.7, 4], [1.5, 3]]) {
    const random = seeded(3);
    const waves = sound(30_000, (t) => {
      const levelDb = -38 + swingDb * Math.sin(2 * Math.PI * hz * t);
      return 10 ** (levelDb / 20) * Math.sqrt(3) * (2 * random() - 1);
    });
    const { heard } = listen(waves);
    assert.deepEqual(heard.filter((one) => one.speechLike), [], `${hz} Hz, ${swingDb} dB`);
    assertHeard(
      listen(concatSamples([waves, mix(call, noise(VOICE_MS, -38))])).heard,
      voice.turns,
      30_000,
    );
  }
});
