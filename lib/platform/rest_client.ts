import * as v from "valibot";
import type { HangUp } from "../contracts/hand_over.ts";
import { isMissingForm, maybeAmount as amount, maybeText as text, parse } from "./rest_answer.ts";
import { createRest, type Rest, type RestOptions } from "./rest_http.ts";
import { numbersOf, type PlatformNumbers } from "./rest_numbers.ts";
import { isObject } from "./wire_fields.ts";

const platformCall = v.object({
  id: v.string(),
  session_id: text,
  direction: text,
  status: v.string(),
  duration_seconds: amount,
  answered_at: text,
  ended_at: text,
  cost_minor: amount,
  cost_currency: text,
  failure_code: text,
  events: v.nullish(
    v.array(v.object({ kind: v.string(), payload: v.optional(v.unknown()) })),
    [],
  ),
});

/** One call as the platform keeps it. */
export type PlatformCall = v.InferOutput<typeof platformCall>;

// What it says of a person who did not come has no published name.
const supervision = v.looseObject({
  supervision_id: text,
  state: v.picklist(["connecting", "ringing", "connected", "ended", "failed"]),
});

/** A person who is put on a running call. */
export type Supervision = v.InferOutput<typeof supervision>;

const placedCall = v.pipe(
  v.custom<Record<string, unknown>>(isObject, "must be an object"),
  v.object({ call_id: text, session_id: text, status: text }),
);

export interface PlaceCall {
  /** One of our own numbers, E.164. */
  from: string;
  to: string[];
  callerId?: string;
  /** Asked what to do when it is answered. */
  voiceCallbackUrl: string;
  /** Comes back with every callback; unique for each call. */
  clientRequestId?: string;
  /** Not sent when there is a `clientRequestId`, which takes its place at the platform. */
  idempotencyKey: string;
}

export interface CallFilter {
  status?: string;
  direction?: "inbound" | "outbound";
  sessionId?: string;
  /** ISO instants. */
  from?: string;
  to?: string;
}

/** What we use of the platform's API. Calls go by either of their ids. */
export interface PlatformClient extends PlatformNumbers {
  call(id: string, signal?: AbortSignal): Promise<PlatformCall>;
  /** Newest first, page after page. */
  calls(filter: CallFilter, signal?: AbortSignal): AsyncIterable<PlatformCall>;
  /** Ends a call; also fine when it has ended. */
  hangUp(id: string, signal?: AbortSignal): Promise<void>;
  /** Rings a person and lets them speak with both sides of a running call. */
  supervise(
    id: string,
    person: { number: string; label: string; idempotencyKey: string },
    signal?: AbortSignal,
  ): Promise<Supervision>;
  supervision(id: string, signal?: AbortSignal): Promise<Supervision | undefined>;
  stopSupervision(id: string, signal?: AbortSignal): Promise<void>;
  placeCall(call: PlaceCall, signal?: AbortSignal): Promise<{ id?: string }>;
}

const PAGE = 100;
/** Stops a cursor that leads nowhere. */
const MAX_PAGES = 1_000;
/** The platform takes 64 characters. */
const MAX_LABEL_UNITS = 64;

/** Makes a client of the platform's API; every method throws `PlatformError`. */
export function createPlatformClient(options: RestOptions): PlatformClient {
  const rest = createRest(options);
  const at = (id: string) => `/v1/calls/${encodeURIComponent(id)}`;
  return {
    ...numbersOf(rest),
    async call(id, signal) {
      const what = "look up a call";
      const answer = await rest({ what, method: "GET", path: at(id) }, signal);
      return parse(what, v.object({ call: platformCall }), answer).call;
    },
    async *calls(filter, signal) {
      const what = "list calls";
      const page = v.object({ data: v.array(platformCall), next_cursor: text });
      let cursor: string | undefined;
      for (let pages = 0; pages < MAX_PAGES; pages++) {
        const { sessionId: session_id, ...same } = filter;
        const query = { ...same, session_id, cursor, limit: PAGE };
        const answer = await rest({ what, method: "GET", path: "/v1/calls", query }, signal);
        const { data, next_cursor } = parse(what, page, answer);
        yield* data;
        if (!next_cursor) return;
        cursor = next_cursor;
      }
    },
    async hangUp(id, signal) {
      const path = `${at(id)}/hangup`;
      await rest({ what: "hang up a call", method: "POST", path, repeatable: true }, signal);
    },
    async supervise(id, { number, label, idempotencyKey }, signal) {
      const what = "bring a person into a call";
      const body = {
        mode: "barge",
        supervisor: { type: "phone", number },
        announce: "none",
        label: label.slice(0, MAX_LABEL_UNITS),
        notify_agent: false,
      };
      const path = `${at(id)}/supervision`;
      const answer = await rest({ what, method: "POST", path, body, idempotencyKey }, signal);
      return parse(what, supervision, answer);
    },
    async supervision(id, signal) {
      const what = "ask about the person in a call";
      const path = `${at(id)}/supervision`;
      const answer = await rest({ what, method: "GET", path }, signal);
      const wrapped = v.object({ supervision: v.nullish(supervision) });
      return parse(what, wrapped, answer).supervision ?? undefined;
    },
    async stopSupervision(id, signal) {
      const what = "take a person out of a call";
      await rest({ what, method: "DELETE", path: `${at(id)}/supervision` }, signal);
    },
    async placeCall(call, signal) {
      const { call_id, session_id } = await place(rest, call, signal);
      return { id: session_id ?? call_id };
    },
  };
}

/** The documentation has two addresses for it; live calls use the first. */
async function place(rest: Rest, call: PlaceCall, signal?: AbortSignal) {
  const request = {
    what: "place a call",
    method: "POST" as const,
    body: {
      from: call.from,
      to: call.to,
      caller_id: call.callerId,
      voice_callback_url: call.voiceCallbackUrl,
      client_request_id: call.clientRequestId,
    },
    idempotencyKey: call.idempotencyKey,
  };
  let answer: unknown;
  try {
    answer = await rest({ ...request, path: "/v1/calls" }, signal);
  } catch (error) {
    if (!isMissingForm(error)) throw error;
    answer = await rest({ ...request, path: "/v1/calls/originate" }, signal);
  }
  return parse(request.what, placedCall, answer);
}

/** Makes the function that ends calls; it never throws, and says in the log why it could not. */
export function createHangUp(
  client: PlatformClient,
  log: { warn(message: string): void },
): HangUp {
  return async (callId) => {
    try {
      await client.hangUp(callId);
      return true;
    } catch (error) {
      log.warn(`Call ${callId}: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  };
}
