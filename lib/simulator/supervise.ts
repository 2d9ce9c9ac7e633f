import { FRAME_SAMPLES } from "../audio/pcm.ts";
import type { ExchangeCall, Supervision, SupervisionState } from "./exchange.ts";
import type { EventKind } from "./event_feed.ts";
import type { Leg } from "./leg.ts";
import type { DialOutcome, LegServices } from "./leg_services.ts";

const EVENTS: Record<SupervisionState, EventKind | undefined> = {
  connecting: undefined,
  ringing: "call.supervision.started",
  connected: "call.supervision.connected",
  ended: "call.supervision.ended",
  failed: "call.supervision.failed",
};

/** The switch's own names for why a phone was not answered. */
const CAUSES: Record<Exclude<DialOutcome, "answered">, string> = {
  busy: "USER_BUSY",
  "no-answer": "NO_ANSWER",
  declined: "CALL_REJECTED",
  failed: "UNALLOCATED_NUMBER",
};

/** Rings a supervisor for a running call, and lets them in when they answer. */
export function supervise(
  call: ExchangeCall,
  leg: Leg,
  request: { mode: string; announce: string; supervisor: Record<string, unknown> },
  services: Pick<LegServices, "clock" | "dial" | "quirks">,
): Supervision {
  const { clock, dial } = services;
  const now = () => new Date(clock.wallMs()).toISOString();
  const supervision: Supervision = {
    supervision_id: crypto.randomUUID(),
    ...request,
    state: "connecting",
    created_at: now(),
  };
  call.supervision = supervision;
  const target = String(request.supervisor.number ?? request.supervisor.identity);
  const told = services.quirks.toldCause ?? "nowhere";
  const move = (state: SupervisionState, cause?: string) => {
    if (supervision.state === "ended" || supervision.state === "failed") return;
    supervision.state = state;
    const kind = EVENTS[state];
    const { mode, supervision_id: supervisionId } = supervision;
    const inEvent: Record<string, string> = told === "event" && cause ? { hangupCause: cause } : {};
    if (kind) leg.emit(kind, { supervisionId, mode, ...inEvent });
    if (told === "answer" && cause) supervision.hangup_cause = cause;
    const inRecord = told === "record" && cause ? { cause } : {};
    if (state !== "connecting") leg.note({ type: "supervisor", state, mode, target, ...inRecord });
  };
  move("ringing");
  const { outcome, ringMs, person } = dial(target);
  const cancel = clock.at(clock.now() + ringMs, () => {
    if (supervision.state !== "ringing" || leg.end) return;
    if (outcome !== "answered") return move("failed", CAUSES[outcome]);
    supervision.connected_at = now();
    move("connected");
    leg.supervise({
      party: person ?? { next: () => ({ samples: new Int16Array(FRAME_SAMPLES) }) },
      isHeard: () => supervision.mode === "barge",
      onHangUp: () => end(),
    });
  });
  const end = () => {
    cancel();
    leg.supervise(undefined);
    supervision.ended_at = now();
    move("ended");
  };
  leg.whenOver.then(end);
  call.stopSupervision = end;
  return supervision;
}
