import assert from "node:assert/strict";
import { FRAME_SAMPLES } from "../lib/audio/pcm.ts";
import type { Line } from "../lib/contracts/line.ts";
import { Playout } from "../lib/speaking/playout.ts";
import { Passage, Speech } from "../lib/speaking/speech.ts";
import { FakeClock } from "./fake_clock.ts";

class RecordingLine implements Line {
  readonly sent: { atMs: number; samples: Int16Array }[] = [];
  messages = 0;
  kills = 0;
  bufferedBytes = 0;
  constructor(readonly clock: FakeClock) {}
  send(samples: Int16Array): void {
    this.messages++;
    for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
      this.sent.push({ atMs: this.clock.now(), samples: samples.slice(at, at + FRAME_SAMPLES) });
    }
  }
  killAudio(): void {
    this.kills++;
  }
  close(): void {}
  flush(): void {}
}

/** One tone at half scale. */
function tone(ms: number, peak = 16000): Int16Array {
  return Int16Array.from({ length: ms * 16 }, (_, i) => Math.round(peak * Math.sin(i / 8)));
}

function speechOf(...parts: { text: string; ms: number; peak?: number }[]): Speech {
  const speech = new Speech();
  for (const { text, ms, peak } of parts) {
    const passage = speech.add(new Passage(text, "reply"));
    passage.push(tone(ms, peak));
    passage.end();
  }
  speech.finish();
  return speech;
}

function open() {
  const clock = new FakeClock();
  const line = new RecordingLine(clock);
  return { clock, line, playout: new Playout(line, clock) };
}

Deno.test("frames leave in real time, no more than the lead ahead, on deadlines that do not drift", async () => {
  const { clock, line, playout } = open();
  playout.play(speechOf({ text: "a long sentence", ms: 60_000 }));
  const burst = line.sent.length;
  assert.ok(burst * 20 <= 300 && burst * 20 >= 180, `${burst} frames at once`);
  await clock.advance(30_000);
  const ahead = line.sent.length * 20 + 100 - 30_000; // the line delay is part of the lead
  assert.ok(ahead > 220 && ahead <= 320, `${ahead} ms ahead after 30 s`);
  assert.ok(line.messages <= line.sent.length / 3, `${line.messages} messages`);
});

Deno.test("what was sent is audible until the ear has heard it, and then no more", async () => {
  const { clock, playout } = open();
  playout.play(speechOf({ text: "short", ms: 200 }));
  assert.ok(playout.audible);
  let done = false;
  playout.finished().then(() => done = true);
  await clock.advance(480);
  assert.ok(playout.audible, "the tail pad is still played");
  assert.equal(done, false);
  await clock.advance(40);
  assert.equal(playout.audible, false);
  assert.equal(done, true);
});

Deno.test("every speech ends in 200 ms of silence, so that the platform lets its tail go", async () => {
  const { clock, line, playout } = open();
  playout.play(speechOf({ text: "short", ms: 100 }));
  await clock.advance(1000);
  const silent = line.sent.slice(5);
  assert.equal(line.sent.length, 15);
  assert.ok(silent.every(({ samples }) => samples.every((x) => x === 0)));
});

Deno.test("peaks are kept below −3 dBFS", async () => {
  const { clock, line, playout } = open();
  playout.play(speechOf({ text: "loud", ms: 400, peak: 32700 }));
  await clock.advance(1000);
  const peak = Math.max(...line.sent.flatMap(({ samples }) => [...samples].map(Math.abs)));
  assert.ok(peak <= 32768 * 10 ** (-3 / 20) && peak > 20_000, `${peak}`);
});

Deno.test("stop silences the line at once and keeps only the words that were heard", async () => {
  const { clock, line, playout } = open();
  playout.play(speechOf(
    { text: "One two three four five.", ms: 2000 },
    { text: "Six seven eight nine ten.", ms: 2000 },
  ));
  await clock.advance(100 + 3000);
  const heard = playout.stop();
  assert.equal(line.kills, 1);
  assert.deepEqual(heard.passages.map(({ text }) => text), [
    "One two three four five.",
    "Six seven",
  ]);
  assert.equal(heard.whole, false);
  assert.ok(Math.abs(heard.heardMs - 3000) < 30, `${heard.heardMs}`);
  const sent = line.sent.length;
  await clock.advance(1000);
  assert.equal(line.sent.length, sent, "nothing follows a stop");
  assert.equal(playout.audible, false);
});

Deno.test("stopping when everything was sent but not yet heard still kills the audio", async () => {
  const { clock, line, playout } = open();
  playout.play(speechOf({ text: "One two three four.", ms: 300 }));
  await clock.advance(150);
  const heard = playout.stop();
  assert.equal(line.kills, 1);
  assert.ok(heard.passages.length === 0 || heard.passages[0].text.length < 10);
});

Deno.test("a speech heard to its end is whole", async () => {
  const { clock, playout } = open();
  playout.play(speechOf({ text: "All of it.", ms: 500 }));
  const finished = playout.finished();
  await clock.advance(2000);
  const heard = await finished;
  assert.equal(heard.whole, true);
  assert.deepEqual(heard.passages.map(({ text }) => text), ["All of it."]);
});

Deno.test("a hold that is lifted while the lead still plays loses and repeats nothing", async () => {
  const { clock, line, playout } = open();
  playout.play(speechOf({ text: "a sentence", ms: 1000 }));
  await clock.advance(400);
  playout.hold();
  const sent = line.sent.length;
  await clock.advance(200);
  assert.equal(line.sent.length, sent, "a held playout sends nothing");
  playout.resume();
  await clock.advance(2000);
  assert.equal(line.kills, 0);
  const voiced = line.sent.filter(({ samples }) => samples.some((x) => x !== 0)).length;
  assert.equal(voiced, 50, "1000 ms in 50 frames");
});

Deno.test("a hold that outlasts the lead resumes from the start of the clause", async () => {
  const { clock, line, playout } = open();
  const speech = new Speech();
  const passage = speech.add(new Passage("First clause, second clause.", "reply"));
  passage.push(tone(1000));
  passage.push(new Int16Array(200 * 16)); // the comma
  passage.push(tone(1000));
  passage.end();
  speech.finish();
  playout.play(speech);
  await clock.advance(100 + 1500);
  playout.hold();
  await clock.advance(1000);
  const before = line.sent.length;
  playout.resume();
  await clock.advance(3000);
  const voiced = line.sent.slice(before).filter(({ samples }) => samples.some((x) => x !== 0));
  assert.ok(Math.abs(voiced.length * 20 - 1000) <= 40, `${voiced.length * 20} ms said again`);
});

Deno.test("hush silences what was sent, and resume says the clause again", async () => {
  const { clock, line, playout } = open();
  playout.play(speechOf({ text: "a sentence of some length", ms: 2000 }));
  await clock.advance(600);
  playout.hush();
  assert.equal(line.kills, 1);
  await clock.advance(50);
  playout.resume();
  const finished = playout.finished();
  await clock.advance(4000);
  assert.equal((await finished).whole, true);
});

Deno.test("speech that arrives late is played when it comes, and its tail is not kept back", async () => {
  const { clock, line, playout } = open();
  const speech = new Speech();
  const passage = speech.add(new Passage("slow voice", "reply"));
  playout.play(speech);
  passage.push(tone(200));
  await clock.advance(1000);
  const silent = line.sent.filter(({ samples }) => samples.every((x) => x === 0));
  assert.equal(silent.length, 2, "40 ms push the tail out of the platform's buffer");
  passage.push(tone(200));
  passage.end();
  speech.finish();
  const finished = playout.finished();
  await clock.advance(1000);
  assert.equal((await finished).whole, true);
  const voiced = line.sent.filter(({ samples }) => samples.some((x) => x !== 0));
  assert.equal(voiced.length, 20);
});

Deno.test("odd lengths of samples are joined without a gap or a loss", async () => {
  const { clock, line, playout } = open();
  const speech = new Speech();
  const first = speech.add(new Passage("one", "reply"));
  const second = speech.add(new Passage("two", "reply"));
  playout.play(speech);
  const source = tone(100);
  for (let at = 0; at < 700; at += 7) first.push(source.subarray(at, at + 7));
  second.push(source.subarray(700));
  first.end();
  second.end();
  speech.finish();
  await clock.advance(1000);
  const all = line.sent.flatMap(({ samples }) => [...samples]);
  assert.deepEqual(all.slice(0, source.length), [...source]);
  assert.equal(all.length % FRAME_SAMPLES, 0);
});

Deno.test("no timer is left when a speech is over", async () => {
  const { clock, playout } = open();
  playout.play(speechOf({ text: "short", ms: 100 }));
  await clock.advance(2000);
  assert.equal(clock.pending, 0);
  assert.equal(playout.busy, false);
});

Deno.test("what follows on a bridge begins when the bridge was heard, and is all that counts as heard", async () => {
  const { clock, line, playout } = open();
  const passages: string[] = [];
  playout.onPassage = ({ text }) => passages.push(text);
  const bridge = speechOf({ text: "One moment.", ms: 600 });
  bridge.isBridge = true;
  playout.play(bridge);
  await clock.advance(200);
  const answer = speechOf({ text: "One two three.", ms: 1000 });
  playout.play(answer);
  assert.equal(playout.speech, answer);
  assert.equal(playout.heard().heardMs, 0);
  let heard = playout.heard();
  playout.finished().then((all) => heard = all);
  await clock.advance(300);
  assert.deepEqual(passages, ["One moment."]);
  await clock.advance(2000);
  assert.deepEqual(passages, ["One moment.", "One two three."]);
  assert.equal(line.kills, 0, "the bridge is not cut off");
  assert.ok(heard.whole);
  assert.equal(heard.heardMs, 1000);
});

Deno.test("a stop ends a bridge and what was to follow it, and one without sound holds nothing up", async () => {
  const { clock, line, playout } = open();
  const bridge = speechOf({ text: "One moment.", ms: 600 });
  bridge.isBridge = true;
  playout.play(bridge);
  await clock.advance(200);
  playout.play(speechOf({ text: "One two three.", ms: 1000 }));
  assert.equal(playout.stop().heardMs, 0);
  assert.equal(line.kills, 1);
  const sent = line.sent.length;
  await clock.advance(2000);
  assert.equal(line.sent.length, sent);
  assert.equal(playout.busy, false);

  const silent = new Speech();
  silent.isBridge = true;
  silent.add(new Passage("One moment.", "filler"));
  playout.play(silent);
  const answer = speechOf({ text: "One two three.", ms: 1000 });
  playout.play(answer);
  await clock.advance(100);
  assert.ok(line.sent.length > sent);
});
