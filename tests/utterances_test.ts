import assert from "node:assert/strict";
import { concatSamples, FRAME_SAMPLES } from "../lib/audio/pcm.ts";
import {
  type UtteranceEvent,
  type UtteranceOptions,
  Utterances,
} from "../lib/hearing/utterances.ts";
import { type FrameActivity, VoiceActivity } from "../lib/hearing/voice_activity.ts";
import { clicks, silence, sine, sound, spoken } from "./phone_sounds.ts";
import { frames, mix, noise, syntheticSpeech } from "./synthetic_speech.ts";

const frame = new Int16Array(FRAME_SAMPLES);
const quiet: FrameActivity = { ...new VoiceActivity().push(frame), voiced: false, snrDb: 0 };

/** Feeds frames by signs: `#` voiced, `+` not voiced though out of the noise, `.` nothing. */
class Feed {
  readonly utterances: Utterances;
  readonly events: UtteranceEvent[] = [];

  constructor(options: Partial<UtteranceOptions> = {}) {
    this.utterances = new Utterances(options);
  }

  push(signs: string, times = 1): this {
    for (const sign of signs.repeat(times)) {
      const activity = { ...quiet, voiced: sign === "#", snrDb: sign === "." ? 0 : 20 };
      const event = this.utterances.push(frame, activity);
      if (event) this.events.push(event);
    }
    return this;
  }

  /** Times of the events alone, since what these made frames are like says nothing. */
  get times(): string[] {
    return this.events.map((event) =>
      event.type === "onset"
        ? `onset ${event.startMs} at ${event.atMs}`
        : `end ${event.startMs}–${event.endMs} at ${event.atMs}`
    );
  }
}

Deno.test("an utterance begins once 120 ms of 200 ms are voiced, and where they began", () => {
  assert.deepEqual(new Feed().push(".", 10).push("#####").times, []);
  assert.deepEqual(new Feed().push(".", 10).push("######").times, ["onset 200 at 320"]);
  assert.deepEqual(new Feed().push(".", 10).push("##..##..##").times, ["onset 200 at 400"]);
  assert.deepEqual(new Feed().push(".", 10).push("##...##..##").times, []);
});

Deno.test("how much of how long opens an utterance can be chosen", () => {
  const feed = new Feed({ onsetWindowMs: 100, onsetVoicedMs: 60 });
  assert.deepEqual(feed.push("#...##.").times, []);
  assert.deepEqual(feed.push("#").times, ["onset 80 at 160"]);
});

Deno.test("an utterance begins where its sound came out of the noise, 180 ms back at most", () => {
  assert.deepEqual(new Feed().push(".", 20).push("+++######").times, ["onset 400 at 580"]);
  const far = new Feed().push(".", 20).push("+", 30).push("######");
  assert.deepEqual(far.times, [`onset ${1000 - 180} at 1120`]);
  assert.deepEqual(
    new Feed({ maxBackdateMs: 40 }).push(".", 20).push("+++######").times,
    ["onset 420 at 580"],
  );
});

Deno.test("one frame of noise in the rise of a sound doesn't hide what came before, two do", () => {
  assert.deepEqual(new Feed().push(".", 20).push("++.+######").times, ["onset 400 at 600"]);
  assert.deepEqual(new Feed().push(".", 20).push("++..+######").times, ["onset 480 at 620"]);
});

Deno.test("an utterance ends with its last voiced frame, 600 ms after it", () => {
  const feed = new Feed().push("#", 20).push(".", 29);
  assert.deepEqual(feed.times, ["onset 0 at 120"]);
  feed.push(".");
  assert.deepEqual(feed.times, ["onset 0 at 120", "end 0–400 at 1000"]);
});

Deno.test("a pause shorter than the hangover doesn't end an utterance", () => {
  const feed = new Feed({ hangoverMs: 300 });
  feed.push("#", 10).push(".", 14).push("#").push(".", 14).push("#").push(".", 15);
  assert.deepEqual(feed.times, ["onset 0 at 120", "end 0–800 at 1100"]);
});

Deno.test("the next utterance takes nothing that belonged to the one before", () => {
  const feed = new Feed({ hangoverMs: 60 }).push("######...");
  feed.push("######");
  assert.deepEqual(feed.times, ["onset 0 at 120", "end 0–120 at 180", "onset 180 at 300"]);
  const rising = new Feed({ hangoverMs: 60 }).push("######+++######");
  assert.equal(rising.times.at(-1), "onset 180 at 300");
});

Deno.test("silence and voiced time are those of the present utterance, and 0 outside one", () => {
  const feed = new Feed(), { utterances } = feed;
  const state = () => [utterances.inUtterance, utterances.silenceMs, utterances.voicedMs];
  feed.push("#####");
  assert.deepEqual(state(), [false, 0, 0]);
  feed.push(".#");
  assert.deepEqual(state(), [true, 0, 120]);
  feed.push("...");
  assert.deepEqual(state(), [true, 60, 120]);
  feed.push("##.");
  assert.deepEqual(state(), [true, 20, 160]);
  feed.push(".", 40);
  assert.deepEqual(state(), [false, 0, 0]);
});

Deno.test("finish ends the present utterance at once, and only if there is one", () => {
  const feed = new Feed();
  assert.equal(feed.utterances.finish(), undefined);
  feed.push("####");
  assert.equal(feed.utterances.finish(), undefined);
  feed.push("####..");
  const end = feed.utterances.finish();
  assert.ok(end?.type === "end");
  assert.deepEqual([end.startMs, end.endMs, end.atMs], [0, 160, 200]);
  assert.equal(feed.utterances.inUtterance, false);
  assert.equal(feed.utterances.finish(), undefined);
});

Deno.test("reset forgets the utterance and the votes for one, while time goes on", () => {
  const feed = new Feed().push("#", 10);
  feed.utterances.reset();
  assert.equal(feed.utterances.inUtterance, false);
  feed.push("#####");
  assert.deepEqual(feed.times, ["onset 0 at 120"]);
  feed.push("#");
  assert.deepEqual(feed.times, ["onset 0 at 120", "onset 200 at 320"]);
  feed.utterances.reset();
  feed.push(".", 40);
  assert.equal(feed.times.length, 2, "an utterance that was forgotten has no end");
});

Deno.test("an utterance an hour long begins and ends when it did", () => {
  const feed = new Feed().push(".", 5).push("#", 180_000).push(".", 30);
  assert.deepEqual(feed.times, ["onset 100 at 220", "end 100–3600100 at 3600700"]);
});

/** What is heard after 2 s of a quiet line; `asVoiced` makes every frame of the sound a voiced one. */
function ends(samples: Int16Array, asVoiced = false): boolean[] {
  const activity = new VoiceActivity(), utterances = new Utterances();
  const line = 2000;
  const ms = samples.length / 16;
  const heard = mix(
    concatSamples([silence(line), samples, silence(line)]),
    noise(ms + 2 * line, -62),
  );
  const verdicts: boolean[] = [];
  frames(heard).forEach((frame, i) => {
    const judged = activity.push(frame);
    const voiced = asVoiced ? i * 20 >= line && i * 20 < line + ms : judged.voiced;
    const event = utterances.push(frame, { ...judged, voiced });
    if (event?.type === "end") verdicts.push(event.speechLike);
  });
  return verdicts;
}

const speech: Record<string, Int16Array> = {
  "a phrase": spoken("hum-wideband", 1147, 3778).samples,
  "a phrase over white noise": spoken("white-noise-mu-law", 1839, 4879).samples,
  "a phrase in another language": spoken("pink-noise-quiet-mu-law", 3184, 14391).samples,
  "a made-up voice": syntheticSpeech(1500),
};

for (const [name, samples] of Object.entries(speech)) {
  Deno.test(`${name} is like speech`, () => {
    assert.deepEqual(ends(samples), [true]);
  });
}

const otherSounds: Record<string, Int16Array> = {
  "a second of a tone": sine(1000, 425, -20),
  "a burst of steady noise": noise(700, -25),
  "a long burst of steady noise": noise(2000, -20),
  "a train of fast clicks": clicks(2000, 50),
  "a train of slow clicks": clicks(3000, 250),
  "a thump": sound(400, (t) => 0.7 * Math.exp(-12 * t) * Math.sin(2 * Math.PI * 90 * t)),
};

for (const [name, samples] of Object.entries(otherSounds)) {
  Deno.test(`${name} is not like speech`, () => {
    assert.ok(!ends(samples).includes(true), "as the detector hears it");
    const asVoiced = ends(samples, true);
    assert.deepEqual(asVoiced, [false], "even if every frame of it were voiced");
  });
}

Deno.test("the verdict can be asked for while the utterance goes on, and is none outside one", () => {
  const activity = new VoiceActivity(), utterances = new Utterances();
  assert.equal(utterances.speechLike(), false);
  const verdicts = frames(speech["a phrase"]).map((frame) => {
    utterances.push(frame, activity.push(frame));
    return utterances.speechLike();
  });
  assert.equal(verdicts[0], false);
  assert.equal(verdicts.at(-1), true);
  utterances.reset();
  assert.equal(utterances.speechLike(), false);
});
