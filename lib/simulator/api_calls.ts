import { type Context, Hono } from "hono";
import type { Clock } from "../clock.ts";
import { apiError } from "./api_error.ts";
import type { Exchange, ExchangeCall } from "./exchange.ts";
import type { LegEntry } from "./leg_log.ts";
import type { LegServices } from "./leg_services.ts";
import type { Quirks } from "./quirks.ts";
import { supervise } from "./supervise.ts";

/** Outbound calls cost KES 3.00 a minute by the second; inbound ones nothing. */
const OUTBOUND_MINOR_PER_MINUTE = 300;
const MODES = ["listen", "whisper", "barge"];
/** What the platform's record of a call lists. */
const RECORDED: LegEntry["type"][] = ["put_through", "dial_ended", "supervisor"];

export interface ApiCallsOptions {
  exchange: Exchange;
  clock: Clock;
  dial: LegServices["dial"];
  quirks: Quirks;
  /** Events of calls that the API places go here. */
  eventsUrl?: string;
}

/** The routes under `/v1/calls`. */
export function apiCalls({ exchange, clock, dial, quirks, eventsUrl }: ApiCallsOptions): Hono {
  const app = new Hono();
  const placed = new Map<string, Record<string, unknown>>();
  const find = (c: Context) => exchange.find(c.req.param("id") ?? "");
  const unknown = (c: Context) => apiError(c, 404, "calls.not_found", "There is no such call");

  const originate = async (c: Context) => {
    const key = c.req.header("idempotency-key");
    const replay = key === undefined ? undefined : placed.get(key);
    if (replay) return c.json(replay, 201);
    const body = await readJson(c);
    const to = [body.to].flat().filter((number) => typeof number === "string");
    const { from, voice_callback_url: voiceUrl, client_request_id: clientRequestId } = body;
    if (typeof from !== "string" || typeof voiceUrl !== "string" || to.length === 0) {
      return apiError(c, 422, "validation.failed", "from, to and voice_callback_url are needed");
    }
    const call = exchange.originate({
      callerNumber: to[0] as string,
      dialledNumber: from,
      voiceUrl,
      eventsUrl,
      clientRequestId: typeof clientRequestId === "string" ? clientRequestId : undefined,
    });
    const answer = {
      call_id: call.id,
      session_id: call.plan.callId,
      status: "ringing",
      client_request_id: clientRequestId,
    };
    if (key !== undefined) placed.set(key, answer);
    return c.json(answer, 201);
  };
  app.post("/v1/calls", originate);
  app.post("/v1/calls/originate", originate);

  app.get("/v1/calls", (c) => {
    const session = c.req.query("session_id");
    const limit = Number(c.req.query("limit") ?? 25);
    const first = Number(c.req.query("cursor") ?? 0);
    const newest = exchange.calls.toReversed()
      .filter((call) => session === undefined || call.plan.callId === session);
    const next = first + limit;
    return c.json({
      data: newest.slice(first, next).map((call) => record(call, clock)),
      next_cursor: next < newest.length ? String(next) : null,
    });
  });

  app.get("/v1/calls/:id", (c) => {
    const call = find(c);
    return call ? c.json({ call: record(call, clock) }) : unknown(c);
  });

  app.post("/v1/calls/:id/hangup", (c) => {
    const call = find(c);
    if (!call) return unknown(c);
    call.leg.hangUp("bridge", "hung up through the API");
    return c.json({ call_id: call.id, status: "hung_up" });
  });

  app.get("/v1/calls/:id/supervision", (c) => {
    const call = find(c);
    if (!call) return unknown(c);
    return c.json({ supervision: call.supervision ? shown(call) : null });
  });

  app.post("/v1/calls/:id/supervision", async (c) => {
    const call = find(c);
    if (!call) return unknown(c);
    if (call.leg.end) return apiError(c, 409, "calls.not_live", "The call is over");
    if (isRunning(call)) {
      return apiError(c, 409, "calls.supervision_in_progress", "There is a supervisor already");
    }
    const { mode, supervisor, announce = "none" } = await readJson(c);
    if (!MODES.includes(String(mode)) || typeof supervisor !== "object" || !supervisor) {
      return apiError(c, 422, "validation.failed", "mode and supervisor are needed");
    }
    const request = {
      mode: String(mode),
      announce: String(announce),
      supervisor: supervisor as Record<string, unknown>,
    };
    supervise(call, call.leg, request, { clock, dial, quirks });
    return c.json(shown(call), 201);
  });

  app.patch("/v1/calls/:id/supervision", async (c) => {
    const call = find(c);
    if (!call?.supervision || !isRunning(call)) return unknown(c);
    if (call.supervision.state !== "connected") {
      return apiError(c, 409, "calls.supervision_in_progress", "The supervisor is still ringing");
    }
    const { mode } = await readJson(c);
    if (!MODES.includes(String(mode))) {
      return apiError(c, 422, "validation.failed", `mode must be one of ${MODES.join(", ")}`);
    }
    call.supervision.mode = String(mode);
    return c.json(shown(call));
  });

  app.delete("/v1/calls/:id/supervision", (c) => {
    const call = find(c);
    if (!call) return unknown(c);
    call.stopSupervision?.();
    return c.body(null, 204);
  });
  return app;
}

function isRunning(call: ExchangeCall): boolean {
  return ["connecting", "ringing", "connected"].includes(call.supervision?.state ?? "");
}

function shown(call: ExchangeCall): Record<string, unknown> {
  return { ...call.supervision, call_id: call.id, session_id: call.plan.callId };
}

function record(call: ExchangeCall, clock: Clock): Record<string, unknown> {
  const { plan, leg, startedWallMs } = call;
  const isInbound = plan.direction === "Inbound";
  const iso = (atMs: number | undefined) =>
    atMs === undefined ? null : new Date(clock.wallMs() - clock.now() + atMs).toISOString();
  return {
    id: call.id,
    workspace_id: "ws_simulated",
    session_id: plan.callId,
    direction: plan.direction.toLowerCase(),
    local_e164: plan.dialledNumber,
    remote_e164: plan.callerNumber,
    country: "KE",
    started_at: new Date(startedWallMs).toISOString(),
    answered_at: iso(leg.answeredMs),
    ended_at: iso(leg.endedMs),
    duration_seconds: leg.end ? leg.durationSeconds : null,
    status: statusOf(call),
    cost_minor: isInbound ? 0 : Math.round(leg.durationSeconds * OUTBOUND_MINOR_PER_MINUTE / 60),
    cost_currency: "KES",
    rate_per_minute_minor: isInbound ? 0 : OUTBOUND_MINOR_PER_MINUTE,
    failure_code: call.failure ?? null,
    metadata: null,
    events: leg.log.filter(({ type }) => RECORDED.includes(type))
      .map(({ type, ...entry }) => ({
        kind: type === "supervisor" ? "supervision" : type,
        payload: entry,
      })),
  };
}

function statusOf({ leg, failure }: ExchangeCall): string {
  if (failure) return failure === "declined" ? "busy" : failure.replace("-", "_");
  if (leg.end) return leg.answeredMs === undefined ? "failed" : "completed";
  return leg.answeredMs === undefined ? "ringing" : "answered";
}

async function readJson(c: Context): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  return typeof body === "object" && body !== null ? body as Record<string, unknown> : {};
}
