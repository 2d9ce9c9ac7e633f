import assert from "node:assert/strict";
import fc from "fast-check";
import { FRAME_SAMPLES } from "../lib/audio/pcm.ts";
import { type TurnEvent, TurnTaking, type TurnTakingOptions } from "../lib/hearing/turn_taking.ts";

const frame = new Int16Array(FRAME_SAMPLES);

/** Feeds voiced (`#`) and silent (`.`) stretches of 100 ms each; `!` marks a single voiced frame. */
class Caller {
  readonly turns: TurnTaking;
  readonly events: { type: string; atMs: number }[] = [];
  atMs = 0;
  #notBeforeMs = 0;
  agentAudible = false;
  agentHeardMs = 5000;
  completeness: number | undefined = 0.6;

  constructor(options: Partial<TurnTakingOptions> = {}) {
    this.turns = new TurnTaking(options);
  }

  say(script: string): this {
    for (const sign of script.replaceAll(" ", "")) {
      if (sign === "!") this.#push(true);
      else for (let i = 0; i < 5; i++) this.#push(sign === "#");
    }
    return this;
  }

  #push(voiced: boolean): void {
    this.atMs += 20;
    const activity = {
      voiced,
      levelDb: voiced ? -20 : -70,
      floorDb: -70,
      snrDb: voiced ? 25 : 0,
      evidence: voiced ? 5 : -5,
      tilt: 0,
      pitch: 0,
    };
    const event: TurnEvent | undefined = this.turns.push(
      frame,
      activity,
      this.agentAudible ? this.agentHeardMs : 0,
    );
    // What `framesToEvent` says of any frame must hold for those that follow.
    if (event) {
      assert.ok(this.atMs >= this.#notBeforeMs, `${event.type} at ${this.atMs} ms`);
      this.#notBeforeMs = 0;
    }
    this.#notBeforeMs = Math.max(this.#notBeforeMs, this.atMs + 20 * this.turns.framesToEvent);
    // The words are known at once, and read as an ordinary sentence.
    if (event?.type === "soft_pause") this.turns.completeness = this.completeness;
    if (event) this.events.push({ ...event, atMs: this.atMs });
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }

  at(type: string): number {
    return this.events.find((event) => event.type === type)!.atMs;
  }
}

Deno.test("frames that can't change anything are told, whatever comes then", () => {
  const stretch = fc.record({
    script: fc.constantFrom("!", "!!!", "#", "##", "######", ".", "...", "........"),
    agentAudible: fc.boolean(),
    agentHeardMs: fc.constantFrom(100, 5000),
  });
  fc.assert(fc.property(fc.array(stretch, { maxLength: 60 }), (stretches) => {
    const caller = new Caller({ maxTurnMs: 3_000 });
    for (const { script, ...agent } of stretches) Object.assign(caller, agent).say(script);
  }));
  const quiet = new Caller().say("..........");
  assert.equal(quiet.turns.framesToEvent, 6, "six voiced frames make an onset");
  quiet.say("!!");
  assert.equal(quiet.turns.framesToEvent, 4);
  quiet.say("##");
  assert.equal(quiet.turns.framesToEvent, 18, "350 ms of silence make a soft pause");
  quiet.say("....");
  assert.equal(quiet.turns.framesToEvent, 1, "the caller may go on in any frame");
});

Deno.test("work starts at the soft pause, and the turn ends later", () => {
  const caller = new Caller().say(".. ########## ....................");
  assert.deepEqual(caller.types, ["onset", "soft_pause", "commit"]);
  const endMs = 1200;
  assert.ok(Math.abs(caller.at("soft_pause") - endMs - 350) <= 20);
  assert.ok(caller.at("commit") - endMs >= 500 && caller.at("commit") - endMs <= 2500);
});

Deno.test("a finished sentence is answered soon, an open one waits up to the limit", () => {
  const after = (completeness: number | undefined) => {
    const caller = new Caller();
    caller.completeness = completeness;
    caller.say(".. ########## ..............................");
    return caller.at("commit") - 1200;
  };
  assert.ok(Math.abs(after(1) - 500) <= 20, `${after(1)}`);
  assert.ok(Math.abs(after(0.5) - 700) <= 20, `${after(0.5)}`);
  assert.ok(Math.abs(after(0) - 2500) <= 20, `${after(0)}`);
  assert.ok(Math.abs(after(undefined) - 2500) <= 20, "there is no answer to unknown words");
});

Deno.test("a caller who goes on before the commit has one turn", () => {
  const caller = new Caller().say(".. ##### ...... ##### ...................");
  assert.deepEqual(caller.types, ["onset", "soft_pause", "resumed", "soft_pause", "commit"]);
});

Deno.test("a click after the soft pause does not open the turn again", () => {
  const caller = new Caller().say(".. ##### ..... !! ..............");
  assert.deepEqual(caller.types, ["onset", "soft_pause", "commit"]);
});

Deno.test("the patience of the question rules: digits with pauses of a second are one turn", () => {
  const caller = new Caller();
  caller.turns.patience = { softPauseMs: 900, minCommitMs: 1800, maxCommitMs: 2500 };
  caller.say(".. #### .......... ### .......... ### .........................");
  assert.equal(caller.types.filter((type) => type === "commit").length, 1);
  assert.equal(caller.types.filter((type) => type === "onset").length, 1);
  assert.ok(caller.atMs - caller.at("commit") >= 0);
});

Deno.test("a caller with long pauses of their own is given longer, within limits", () => {
  const caller = new Caller();
  caller.completeness = 0.2;
  caller.say(".. #### ........ ####");
  caller.turns.completeness = 0.6;
  assert.ok(caller.turns.commitMs > 900, `${caller.turns.commitMs}`);
  assert.ok(caller.turns.commitMs <= 1400);
  const fresh = new Caller();
  fresh.turns.completeness = 0.6;
  assert.ok(fresh.turns.commitMs < 700);
});

Deno.test("a cough of 200 ms over the agent's voice does not hold it", () => {
  const caller = new Caller();
  caller.agentAudible = true;
  caller.say(".. ## ......");
  assert.ok(!caller.types.includes("hold"));
});

Deno.test("speech over the agent's voice holds it, and more of it stops it", () => {
  const caller = new Caller();
  caller.agentAudible = true;
  caller.say(".. ##########");
  assert.deepEqual(caller.types, ["onset", "hold", "stop"]);
  assert.ok(Math.abs(caller.at("hold") - 200 - 320) <= 20, `${caller.at("hold")}`);
  assert.ok(Math.abs(caller.at("stop") - 200 - 700) <= 20, `${caller.at("stop")}`);
});

Deno.test("right after the agent begins it takes more to hold it", () => {
  const caller = new Caller();
  caller.agentAudible = true;
  caller.agentHeardMs = 100;
  caller.say(".. ##########");
  assert.ok(Math.abs(caller.at("hold") - 200 - 480) <= 20, `${caller.at("hold")}`);
});

Deno.test("speech while the agent is silent never holds it", () => {
  const caller = new Caller().say(".. ##");
  caller.agentAudible = true;
  caller.say("##########");
  assert.deepEqual(caller.types, ["onset"]);
});

Deno.test("talk without a pause is cut at its limit", () => {
  const caller = new Caller({ maxTurnMs: 3000 }).say("." + "#".repeat(40));
  assert.equal(caller.types[1], "too_long");
  assert.ok(Math.abs(caller.at("too_long") - 3100) <= 120, `${caller.at("too_long")}`);
});

Deno.test("after a commit the next onset is a new turn", () => {
  const caller = new Caller().say("##### ..................... ##### .....................");
  assert.deepEqual(caller.types, [
    "onset",
    "soft_pause",
    "commit",
    "onset",
    "soft_pause",
    "commit",
  ]);
});
