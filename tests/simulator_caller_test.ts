import assert from "node:assert/strict";
import { FRAME_SAMPLES, levelDbfs } from "../lib/audio/pcm.ts";
import { Caller, type CallerOptions, personOnThePhone } from "../lib/simulator/caller.ts";
import { prepareLines } from "../lib/simulator/caller_lines.ts";
import { parseLine, ScriptError } from "../lib/simulator/caller_script.ts";
import { seededRandom, whiteNoise } from "../lib/simulator/noises.ts";
import type { PartyNote } from "../lib/simulator/party.ts";

/** Speaks each word as 300 ms of noise between two half seconds of silence, as voices do. */
function speak(text: string): Promise<Int16Array> {
  const words = text.split(" ").length;
  const speech = new Int16Array(16000 + words * 4800);
  speech.set(whiteNoise(words * 4800, -30, seededRandom(1)), 8000);
  return Promise.resolve(speech);
}

const lines = (...sources: string[]) =>
  prepareLines(sources.map(parseLine), speak, seededRandom(2));

interface Heard {
  atMs: number;
  note: PartyNote;
}

/** Lets a caller hear an agent who speaks at `agentMs`, frame by frame. */
async function listen(
  sources: string[],
  agentMs: [number, number][],
  options: Partial<CallerOptions> = {},
  lengthMs = 60_000,
) {
  const caller = new Caller({ lines: await lines(...sources), ...options });
  const notes: Heard[] = [];
  const voicedMs: number[] = [];
  let keys = "";
  for (let atMs = 0; atMs < lengthMs; atMs += 20) {
    const isSpeaking = agentMs.some(([fromMs, toMs]) => atMs >= fromMs && atMs < toMs);
    const frame = caller.next(new Int16Array(FRAME_SAMPLES).fill(isSpeaking ? 3000 : 0));
    for (const note of frame.notes ?? []) notes.push({ atMs, note });
    if (levelDbfs(frame.samples) > -45) voicedMs.push(atMs);
    if (frame.keys) keys += frame.keys;
    if (frame.hangUp) return { notes, voicedMs, keys, hungUpMs: atMs };
  }
  return { notes, voicedMs, keys, hungUpMs: undefined };
}

const moments = (notes: Heard[], type: PartyNote["type"]) =>
  notes.filter(({ note }) => note.type === type).map(({ atMs }) => atMs);

Deno.test("a line holds words, pauses, keys and noises in order", () => {
  assert.deepEqual(parseLine("My number is 0712 [pause 1s] 345 [press 0 #][COUGH] [noise 1.5s]"), {
    source: "My number is 0712 [pause 1s] 345 [press 0 #][COUGH] [noise 1.5s]",
    start: { when: "agent is silent" },
    parts: [
      { do: "say", text: "My number is 0712" },
      { do: "pause", ms: 1000 },
      { do: "say", text: "345" },
      { do: "press", keys: "0#" },
      { do: "cough" },
      { do: "noise", ms: 1500 },
    ],
  });
  assert.deepEqual(parseLine("[barge in 300ms] No, wait … [hang up]"), {
    source: "[barge in 300ms] No, wait … [hang up]",
    start: { when: "agent speaks", afterMs: 300 },
    parts: [{ do: "say", text: "No, wait …" }, { do: "hang up" }],
  });
  assert.deepEqual(parseLine("[barge-in] hi").start, { when: "agent speaks", afterMs: 700 });
});

for (
  const [source, message] of [
    ["", /words or a directive/],
    ["[]", /must be one of \[pause 1s\]/],
    ["[paus 1s]", /received \[paus 1s\]/],
    ["[pause soon]", /500ms or 1\.5s/],
    ["[pause 500s]", /up to 120s/],
    ["[press abc]", /keys 0–9/],
    ["hello [barge in]", /must be at its start/],
  ] as const
) {
  Deno.test(`a line is refused when it reads ${JSON.stringify(source)}`, () => {
    assert.throws(() => parseLine(source), (error) => {
      assert.ok(error instanceof ScriptError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("the caller waits for the greeting and 900 ms of silence before it speaks", async () => {
  const { notes, voicedMs } = await listen(["hello"], [[1000, 3000]]);
  const [begins] = moments(notes, "line_begins");
  assert.ok(begins >= 3880 && begins <= 3920, `${begins}`);
  assert.ok(voicedMs[0] - begins <= 60);
});

Deno.test("gaps between the agent's words are no invitation to speak", async () => {
  const { notes } = await listen(["hello"], [[1000, 2000], [2700, 4000], [4800, 5000]]);
  assert.ok(moments(notes, "line_begins")[0] >= 5880);
});

Deno.test("the next line waits for the answer to the line before", async () => {
  const { notes, hungUpMs } = await listen(["one", "two"], [[0, 1000], [4000, 5000], [8000, 9000]]);
  const [, second] = moments(notes, "line_begins");
  assert.ok(second >= 5880 && second <= 5920, `${second}`);
  assert.ok(hungUpMs! >= 14_980 && hungUpMs! <= 15_020, `${hungUpMs}`);
  assert.deepEqual(moments(notes, "agent_silent"), []);
});

Deno.test("a caller who may speak first does not wait", async () => {
  const { notes } = await listen(["hello"], [], { speaksFirst: true });
  assert.equal(moments(notes, "line_begins")[0], 0);
});

Deno.test("a caller whom nobody answers complains, goes on, and leaves", async () => {
  const { notes, hungUpMs } = await listen(["hello"], []);
  assert.equal(moments(notes, "agent_silent").length, 2);
  assert.ok(moments(notes, "agent_silent")[0] >= 9980);
  assert.ok(hungUpMs! < 22_000);
});

Deno.test("a barge-in begins so long after the agent began, over its voice", async () => {
  const { notes } = await listen(["[barge in 500ms] stop"], [[1000, 6000]]);
  const [begins] = moments(notes, "line_begins");
  assert.ok(begins >= 1480 && begins <= 1520, `${begins}`);
  assert.ok(notes[0].note.type === "line_begins" && notes[0].note.bargeIn);
});

Deno.test("a barge-in waits for what the agent says next, not for what it said before", async () => {
  const { notes } = await listen(["hi", "[barge in 500ms] stop"], [[0, 1000], [5000, 9000]]);
  const [, second] = moments(notes, "line_begins");
  assert.ok(second >= 5480 && second <= 5520, `${second}`);
});

Deno.test("of speech that began during the caller's own line, a barge-in counts what comes after it", async () => {
  const { notes } = await listen(["hi", "[barge in 500ms] stop"], [[0, 9000]], {
    speaksFirst: true,
  });
  const [end] = moments(notes, "line_ends");
  const [, second] = moments(notes, "line_begins");
  assert.ok(Math.abs(second - end - 500) <= 20, `${second - end}`);
});

Deno.test("a pause inside a line is as long as written, whatever silence the voice adds", async () => {
  const { voicedMs } = await listen(["a [pause 1s] b"], [[0, 500]]);
  const gap = voicedMs.find((atMs, i) => i > 0 && atMs - voicedMs[i - 1] > 500)!;
  const before = voicedMs[voicedMs.indexOf(gap) - 1];
  const silenceMs = gap - before - 20;
  assert.ok(silenceMs >= 1000 && silenceMs <= 1100, `${silenceMs}`);
});

Deno.test("keys are pressed in their place, and hanging up ends the call there", async () => {
  const { keys, hungUpMs, notes } = await listen(["[press 12] word [hang up]", "never"], [[
    0,
    500,
  ]]);
  assert.equal(keys, "12");
  assert.equal(moments(notes, "line_begins").length, 1);
  assert.ok(hungUpMs! < 2500);
});

Deno.test("the caller notices when the agent talks over a line", async () => {
  const { notes } = await listen(["a [pause 2s] b"], [[0, 500], [2500, 3000]]);
  assert.deepEqual(moments(notes, "talked_over"), [2500]);
});

Deno.test("the end of a line tells how long ago its last sound was", async () => {
  const { notes, voicedMs } = await listen(["word [pause 1s]"], [[0, 500]]);
  const end = notes.find(({ note }) => note.type === "line_ends")!;
  assert.ok(end.note.type === "line_ends");
  assert.ok(Math.abs(end.atMs - end.note.silentForMs - voicedMs.at(-1)!) <= 20);
});

Deno.test("digits are spoken one by one, and speech has telephone level", async () => {
  const said: string[] = [];
  const [line] = await prepareLines(
    [parseLine("It is 0712.")],
    (text) => {
      said.push(text);
      return speak(text);
    },
    seededRandom(1),
  );
  assert.deepEqual(said, ["It is zero seven one two."]);
  const [step] = line.steps;
  assert.ok("samples" in step);
  assert.ok(Math.abs(levelDbfs(step.samples.subarray(1600, -1600)) + 20) < 1);
});

Deno.test("a person on the phone speaks, listens and hangs up in time", () => {
  const person = personOnThePhone(new Int16Array(320).fill(5), 100);
  const heard = new Int16Array(FRAME_SAMPLES);
  const frames = Array.from({ length: 5 }, () => person.next(heard));
  assert.deepEqual(frames.map((frame) => frame.samples[0]), [5, 0, 0, 0, 0]);
  assert.deepEqual(frames.map((frame) => frame.hangUp), [false, false, false, false, true]);
});

Deno.test("a caller who is asked again says the last line once more, and not a third time", async () => {
  const caller = new Caller({ lines: await lines("one", "[barge in 100ms] two") });
  const told: string[] = [];
  let answered = 0;
  assert.equal(caller.sayAgain(), false, "nothing was said yet");
  for (let atMs = 0; atMs < 60_000 && told.length < 4; atMs += 20) {
    // The agent speaks for a second, and again two seconds after each line.
    const isSpeaking = atMs < 1_000 || answered > 0 && atMs > answered && atMs < answered + 1_000;
    const frame = caller.next(new Int16Array(FRAME_SAMPLES).fill(isSpeaking ? 3000 : 0));
    for (const note of frame.notes ?? []) {
      if (note.type === "line_begins") told.push(`${note.text} ${note.bargeIn}`);
      if (note.type !== "line_ends") continue;
      answered = atMs + 2_000;
      if (told.length < 3) assert.equal(caller.sayAgain(), told.length === 1);
    }
    if (frame.hangUp) break;
  }
  assert.deepEqual(told, ["one false", "one false", "[barge in 100ms] two true"]);
});
