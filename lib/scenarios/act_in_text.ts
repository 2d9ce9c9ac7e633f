import type { CallEvent } from "../contracts/call_event.ts";
import type { Llm } from "../contracts/llm.ts";
import { Caller } from "../simulator/caller.ts";
import { callerSounds } from "./caller_sounds.ts";
import type { Company } from "./company.ts";
import { brokenBackend, brokenLlm, brokenTts, stagedTool } from "./faults.ts";
import { MarkedSounds } from "./marked_sound.ts";
import type { Scenario } from "./scenario.ts";
import { scriptedBrain } from "./scripted_brain.ts";
import { simulatedPerson } from "./simulated_person.ts";
import { startTextCall } from "./text_call.ts";
import { TextPhone } from "./text_phone.ts";
import { VirtualClock } from "./virtual_clock.ts";
import { type Evidence, Witness } from "./witness.ts";

/** A call that is longer hangs. */
const MAX_CALL_MS = 900_000;

/** Acts one scenario without sound: the real call, on a clock that leaps. */
export async function actInText(scenario: Scenario, company: Company): Promise<Evidence> {
  const clock = new VirtualClock(scenario.atWallMs);
  const witness = new Witness(clock);
  const events: CallEvent[] = [];
  const wait = (ms: number, signal: AbortSignal) =>
    clock.leap(clock.until(clock.now() + ms, signal));
  const waitOutside = (ms: number, signal: AbortSignal) => clock.until(clock.now() + ms, signal);
  const { settings, parts, agent, knowledge, engine } = company;

  const thinks = scenario.brain
    ? scriptedBrain(scenario.brain)
    : company.engineName === "embedded"
    ? engine.llm
    : held(engine.llm, clock);
  const phone = new TextPhone(clock);
  const sounds = new MarkedSounds(company.speech);
  const speaks = scenario.faults.tts && brokenTts(async function* (text) {
    yield sounds.unmarked(text);
  }, scenario.faults);
  const call = startTextCall(phone, {
    agent,
    knowledge,
    topicOf: company.topicOf,
    llm: company.veil(witness.llm(brokenLlm(thinks, scenario.faults, waitOutside))),
    tts: speaks,
    tools: company.tools.catalog.tools.map((tool) => {
      const staged = witness.tool(stagedTool(tool, scenario.faults, scenario.answers, wait));
      return { ...staged, run: (args, context) => clock.hold(staged.run(args, context)) };
    }),
    backend: brokenBackend(parts.backend(settings, clock), scenario.faults, wait),
    handOver: simulatedPerson(agent, clock, scenario.person),
    callerNumber: scenario.from,
    sounds,
    engineName: scenario.brain ? "scripted" : company.engineName,
    publish: (event) => events.push(event),
  });
  const caller = new Caller({ lines: callerSounds(scenario.turns, sounds) });
  const ended = await phone.connect(caller, call, {
    maxMs: MAX_CALL_MS,
    onNote: (note) => {
      if (note.type === "line_begins") witness.note({ type: note.type, line: note.line });
    },
    isOver: () => events.at(-1)?.type === "ended",
  });
  return {
    sightings: witness.sightings,
    events,
    startedWallMs: scenario.atWallMs,
    callerHungUp: ended === "caller",
    broken: ended === "nobody" ? `the call went on for ${MAX_CALL_MS / 1000} s` : undefined,
  };
}

/** While a model that is elsewhere thinks, time runs at its own pace. */
export function held(llm: Llm, clock: VirtualClock): Llm {
  return async function* (request, signal) {
    const events = llm(request, signal)[Symbol.asyncIterator]();
    try {
      while (true) {
        const next = await clock.hold(events.next());
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await events.return?.();
    }
  };
}
