import { Leg, type LegWatch } from "./leg.ts";
import type { LegEnd } from "./leg_log.ts";
import type { LegPlan, LegServices } from "./leg_services.ts";
import { Room } from "./room.ts";
import { runLeg } from "./run_leg.ts";

/** One call as the platform keeps it. */
export interface ExchangeCall {
  /** The platform's row id; the call's other id is `plan.callId`. */
  id: string;
  plan: LegPlan;
  startedWallMs: number;
  leg: Leg;
  /** Set for a call that was never answered. */
  failure?: string;
  supervision?: Supervision;
  stopSupervision?: () => void;
  /** Resolves when the call is over and everything about it is sent. */
  done: Promise<LegEnd>;
}

export type SupervisionState = "connecting" | "ringing" | "connected" | "ended" | "failed";

/** A person who was put on a running call, in the API's own names. */
export interface Supervision {
  supervision_id: string;
  mode: string;
  announce: string;
  supervisor: Record<string, unknown>;
  state: SupervisionState;
  hangup_cause?: string;
  connected_at?: string;
  ended_at?: string;
  created_at: string;
}

/** All calls and rooms of one simulated platform. */
export class Exchange {
  readonly calls: ExchangeCall[] = [];
  readonly #rooms = new Map<string, Room>();
  readonly #services: LegServices;

  constructor(services: Omit<LegServices, "room">) {
    this.#services = { ...services, room: (name) => this.#room(name) };
  }

  find(id: string): ExchangeCall | undefined {
    return this.calls.find((call) => call.id === id || call.plan.callId === id);
  }

  /** Rings the bridge for a caller; `callId` may be left out. */
  ring(plan: Omit<LegPlan, "callId"> & { callId?: string }, watch?: LegWatch): ExchangeCall {
    const leg = new Leg({ callId: newCallId(), ...plan }, this.#services, watch);
    return this.#add(leg.plan, leg, () => runLeg(leg));
  }

  /** Rings a phone for the bridge, and asks the voice callback once somebody answers. */
  originate(plan: Omit<LegPlan, "callId" | "direction" | "party">): ExchangeCall {
    const { clock, dial } = this.#services;
    const { outcome, ringMs, person } = dial(plan.callerNumber);
    const silent = { next: (heard: Int16Array) => ({ samples: new Int16Array(heard.length) }) };
    const full: LegPlan = {
      ...plan,
      callId: newCallId(),
      direction: "Outbound",
      party: person ?? silent,
    };
    const leg = new Leg(full, this.#services);
    return this.#add(full, leg, async (call) => {
      await clock.until(clock.now() + ringMs, leg.over).catch(() => {});
      if (outcome === "answered" && !leg.end) {
        leg.answer({ isFirstCallback: true });
        return await runLeg(leg, "Answered");
      }
      call.failure = leg.end ? "canceled" : outcome;
      leg.hangUp("platform", `the phone was not answered: ${outcome}`);
      return await leg.finish();
    });
  }

  /** Hangs up every call and waits for them to be over. */
  async close(): Promise<void> {
    for (const call of this.calls) call.leg.hangUp("platform", "the platform shut down");
    await Promise.all(this.calls.map((call) => call.done));
  }

  #add(plan: LegPlan, leg: Leg, live: (call: ExchangeCall) => Promise<LegEnd>): ExchangeCall {
    const startedWallMs = this.#services.clock.wallMs();
    const call = { id: crypto.randomUUID(), plan, startedWallMs, leg } as ExchangeCall;
    call.done = live(call);
    this.calls.push(call);
    return call;
  }

  #room(name: string): Room {
    const room = this.#rooms.get(name) ?? new Room();
    this.#rooms.set(name, room);
    return room;
  }
}

/** Makes an id of the form that live calls have. */
export function newCallId(): string {
  return `HD_${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
}
