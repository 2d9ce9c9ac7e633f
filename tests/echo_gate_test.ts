import assert from "node:assert/strict";
import { EchoGate } from "../lib/hearing/echo_gate.ts";
import { seeded } from "./synthetic_speech.ts";

/** The agent's voice as levels per frame: syllables between −15 and −45 dBFS. */
function voice(frames: number, seed: number): number[] {
  const random = seeded(seed);
  let level = -30;
  return Array.from({ length: frames }, () => level = 0.6 * level + 0.4 * (-45 + 30 * random()));
}

/** Feeds the gate what comes back, `delay` frames late; returns which frames it called echo. */
function feed(gate: EchoGate, played: number[], heard: (i: number) => number, learn = true) {
  return played.map((playedDb, i) => {
    const loudest = Math.max(...played.slice(Math.max(0, i - 15), i + 1));
    return gate.push(heard(i), playedDb, loudest, learn);
  });
}

Deno.test("our own voice coming back at −15 dB is echo in nearly every frame", () => {
  const played = voice(200, 1);
  const gate = new EchoGate();
  const verdicts = feed(gate, played, (i) => (played[i - 8] ?? -70) - 15);
  assert.ok(verdicts.slice(10).filter((isEcho) => !isEcho).length <= 4);
});

Deno.test("on a line without echo a quiet caller is let through after a second of our voice", () => {
  const gate = new EchoGate();
  feed(gate, voice(75, 2), () => -68);
  const played = voice(40, 3);
  const verdicts = feed(gate, played, () => -38, false);
  assert.ok(verdicts.filter((isEcho) => isEcho).length <= 4, `${verdicts}`);
});

Deno.test("nothing is echo while the agent is silent", () => {
  const gate = new EchoGate();
  assert.ok(!gate.push(-60, -100, -100, true));
});

Deno.test("loud echo is known by its shape, at any delay up to half a second", () => {
  for (const delay of [0, 5, 12, 25]) {
    const gate = new EchoGate();
    const played = voice(60, 4 + delay);
    feed(gate, played, (i) => (played[i - delay] ?? -70) - 7, false);
    assert.ok(gate.isEcho(), `delay of ${delay} frames`);
    assert.ok(gate.couplingDb > -9, "and its level is learnt");
  }
});

Deno.test("a caller's own words do not have the shape of ours", () => {
  let mistaken = 0;
  for (let seed = 0; seed < 100; seed++) {
    const gate = new EchoGate();
    const own = voice(60, 1000 + seed);
    feed(gate, voice(60, seed + 1), (i) => own[i], false);
    if (gate.isEcho()) mistaken++;
  }
  assert.ok(mistaken <= 1, `${mistaken} of 100`);
});
