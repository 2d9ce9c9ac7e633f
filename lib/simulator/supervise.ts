import { FRAME_SAMPLES } from "../audio/pcm.ts";
import type { ExchangeCall, Supervision, SupervisionState } from "./exchange.ts";
import type { EventKind } from "./event_feed.ts";
import type { Leg } from "./leg.ts";
import type { LegServices } from "./leg_services.ts";

const EVENTS: Record<SupervisionState, EventKind | undefined> = {
  connecting: undefined,
  ringing: "call.supervision.started",
  connected: "call.supervision.connected",
  ended: "call.supervision.ended",
  failed: "call.supervision.failed",
};

/** Rings a supervisor for a running call, and lets them in when they answer. */
export function supervise(
  call: ExchangeCall,
  leg: Leg,
  request: { mode: string; announce: string; supervisor: Record<string, unknown> },
  services: Pick<LegServices, "clock" | "dial">,
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
  const move = (state: SupervisionState) => {
    if (supervision.state === "ended" || supervision.state === "failed") return;
    supervision.state = state;
    const kind = EVENTS[state];
    const id = supervision.supervision_id;
    if (kind) leg.emit(kind, { supervisionId: id, mode: supervision.mode });
    const { mode } = supervision;
    if (state !== "connecting") leg.note({ type: "supervisor", state, mode, target });
  };
  move("ringing");
  const { outcome, ringMs, person } = dial(target);
  const cancel = clock.at(clock.now() + ringMs, () => {
    if (supervision.state !== "ringing" || leg.end) return;
    if (outcome !== "answered") return move("failed");
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
