import type { PreparedLine } from "../../lib/simulator/caller_lines.ts";
import { personOnThePhone } from "../../lib/simulator/caller.ts";
import { seededRandom } from "../../lib/simulator/noises.ts";
import type { Quirks } from "../../lib/simulator/quirks.ts";
import { BridgeWorld, PERSON, type PhoneCall, saying } from "../bridge_world.ts";
import { routerTool } from "../router_tool.ts";
import { scriptedEngine } from "../scripted_engine.ts";
import { syntheticSpeech } from "../synthetic_speech.ts";

/** Something that goes wrong in a call. */
export interface Fault {
  name: string;
  /** Bridge processes. @default 2 */
  processes?: number;
  quirks?: Quirks;
  /** Breaks the platform's API for as long as the call lasts. */
  api?: NonNullable<ConstructorParameters<typeof BridgeWorld>[0]["platform"]>["fault"];
  /** Told when the caller begins to ring. */
  strike?(world: BridgeWorld, random: () => number): void;
}

/** What one call with a fault came to; every number should be 0. */
export interface Verdict {
  callsLost: number;
  promisesLost: number;
  writesTwice: number;
  longSilences: number;
  /** What happened, when not all is well. */
  story?: string;
}

const MAX_SILENCE_MS = 5_000;
const MAX_CALL_MS = 150_000;
/** Promises are tried again, and calls that ended unseen are looked for, each minute. */
const AFTERWARDS_MS = 130_000;
/** Looks at whether all is kept; what would be done twice is done soon after the end. */
const SETTLE_STEP_MS = 10_000;

/** Prepared once for all calls of this thread, and never changed. */
const prepared = new Map<string, PreparedLine>();
const PERSON_SPEECH = syntheticSpeech(3_000);

const LINES = [
  "my router is broken",
  "yes please",
  "please restart it once more",
  "yes please",
  "I want to talk to a person",
];

/** A caller has something changed, asks for it again, and wants a person; meanwhile `fault` strikes. */
export async function callWithFault(fault: Fault, seed: number): Promise<Verdict> {
  const random = seededRandom(seed);
  const writes: string[] = [];
  const tickets = new Set<string>();
  const outcome = (["answered", "answered", "busy", "no-answer"] as const)[
    Math.floor(random() * 4)
  ];
  const afterStream = (["hold", "callback", "verbs"] as const)[Math.floor(random() * 3)];
  const ringMs = 1_000 + Math.floor(random() * 4_000);
  let isOver = false;
  await using world = await BridgeWorld.open({
    processes: fault.processes ?? 2,
    engine: (world) =>
      scriptedEngine(
        world,
        (said) =>
          /router|restart/.test(said)
            ? { call: { name: "restart_router", args: { router: "home" } } }
            : { text: "Is there anything else?" },
      ),
    agentYaml: AGENT,
    tools: [restartRouter],
    backend: (clock) => ({
      async resetPassword({ idempotencyKey }) {
        writes.push(idempotencyKey);
        await clock.until(clock.now() + 800);
        return { sentTo: "router" };
      },
      openTicket({ subject, idempotencyKey }) {
        tickets.add(idempotencyKey);
        return Promise.resolve({
          reference: `TK-${tickets.size}`,
          subject,
          status: "open",
          openedOn: "2026-11-23",
        });
      },
    }),
    platform: {
      seed,
      quirks: { afterStream, ...fault.quirks },
      fault: (request) => isOver ? undefined : fault.api?.(request),
      dial: () => ({
        outcome,
        ringMs,
        person: personOnThePhone(PERSON_SPEECH, 4_000),
      }),
    },
  });
  const phone = world.ring(LINES.map((text) => line(text, random)));
  fault.strike?.(world, random);
  for (let ms = 0; ms < MAX_CALL_MS && !phone.call.leg.end; ms += 500) await world.advance(500);
  isOver = true;
  world.storeDown = world.apiDown = false;
  for (let ms = 0; ms < AFTERWARDS_MS; ms += SETTLE_STEP_MS) {
    await world.inFlight.advance(world.clock, SETTLE_STEP_MS, 250);
    if (isClean(await judge(world, phone, writes, tickets))) break;
  }
  return await judge(world, phone, writes, tickets);
}

/** A line of one of ten lengths: making speech takes longer than the rest of a call. */
function line(text: string, random: () => number): PreparedLine {
  const key = `${text}/${Math.floor(random() * 10)}`;
  const made = prepared.get(key) ?? saying(text, 900 + 50 * Number(key.split("/")[1]));
  prepared.set(key, made);
  return made;
}

/** Whether nothing went wrong in a call. */
export function isClean(verdict: Verdict): boolean {
  return Object.values(verdict).every((count) => count === 0 || count === undefined);
}

async function judge(
  world: BridgeWorld,
  phone: PhoneCall,
  writes: string[],
  tickets: Set<string>,
): Promise<Verdict> {
  const record = await world.record(phone);
  const { leg, plan } = phone.call;
  const verdict: Verdict = {
    callsLost: Number(!leg.end || record?.stage !== "ended" || record.outcome === undefined),
    promisesLost: 0,
    writesTwice: Number(new Set(writes).size < writes.length || writes.length > 1),
    longSilences: Number(phone.longestSilenceMs > MAX_SILENCE_MS),
  };
  const promised = record?.handOver?.promisedMs !== undefined ||
    world.events.some((event) => event.type === "hand_over" && event.reference !== undefined);
  const isKept = tickets.has(`promise/${plan.callId}`) &&
    record?.handOver?.deliveredMs !== undefined;
  if (promised && !isKept) verdict.promisesLost = 1;
  if (!isClean(verdict)) {
    verdict.story =
      `${world.story()}\nsilence ${phone.longestSilenceMs} ms, writes ${writes.length}` +
      `\n${JSON.stringify(record, null, 1)}`;
  }
  return verdict;
}

const AGENT = `
name: Amani
company: Upepo Fibre
greeting: { en: "Hello, how can I help?" }
hand_over: { number: "${PERSON}", timeout_ms: 8000 }
`;

const restartRouter = routerTool(({ backend, callerNumber = "", idempotencyKey, signal }) =>
  backend.resetPassword({ callerNumber, idempotencyKey }, signal)
);
