import { createHash } from "node:crypto";
import type { VoiceCallback } from "./voice_callback.ts";
import {
  amountOf,
  flagOf,
  idsOf,
  isId,
  plainState,
  readFields,
  textOf,
  type WireFields,
} from "./wire_fields.ts";

/** Something that the platform tells us about a call, whichever of its many shapes it came in. */
export interface PlatformEvent {
  kind: PlatformEventKind;
  /** The platform's own name in lower-case letters: `callsupervisionstarted`. */
  name: string;
  /** Our id of the call, when it is one of ours; filled in from `ids` by whoever knows the calls. */
  callId?: string;
  /** Every id that the event names, best first. */
  ids: string[];
  /** The same each time that the platform repeats the event. */
  key: string;
  durationSeconds?: number;
  /** The call's state in lower-case letters: `busy`, `noanswer`. */
  status?: string;
  hangupCause?: string;
  clientRequestId?: string;
  /** What else came, by names in lower-case letters and digits only. */
  fields: WireFields;
}

export type PlatformEventKind =
  | "call_started"
  | "call_answered"
  | "call_completed"
  | "call_failed"
  | "recording_ready"
  | "stream_started"
  | "stream_stopped"
  | "stream_error"
  | "dial"
  | "conference"
  | "supervision"
  | "other";

const KINDS: [RegExp, PlatformEventKind][] = [
  [/supervis/, "supervision"],
  [/recording/, "recording_ready"],
  [/^stream(started|connected)$/, "stream_started"],
  [/^stream(stopped|disconnected|ended)$/, "stream_stopped"],
  [/^stream(error|failed)$/, "stream_error"],
  [/^dial/, "dial"],
  [/conference|participant/, "conference"],
  [/^(call)?(started|ringing|initiated)$/, "call_started"],
  [/^(call)?(answered|inprogress)$/, "call_answered"],
  [/^(call)?(completed|ended|hangup)$/, "call_completed"],
  [/^(call)?(failed|noanswer|busy|cancell?ed|rejected)$/, "call_failed"],
];

/** Names of the kind in bodies, then those of states, as live events carry them. */
const KIND_NAMES = ["kind", "eventkind", "eventtype", "event", "type"];
const DURATION_NAMES = ["durationinseconds", "durationseconds", "duration"];
const STATE_NAMES = ["streamevent", "streamstatus", "callsessionstate", "callstatus", "status"];

/**
 * Reads an event or a stream status.
 *
 * @throws {Problem} when the body can't be read
 */
export function readPlatformEvent(
  body: Uint8Array,
  headers: Headers,
  query: URLSearchParams,
): PlatformEvent {
  const fields = readFields(body, headers.get("content-type") ?? undefined, query);
  const kindName = plainState(
    header(headers, "event-kind", "event") ?? textOf(fields, ...KIND_NAMES),
  );
  const name = kindName ?? plainState(textOf(fields, ...STATE_NAMES)) ?? "";
  const ids = idsOf(fields);
  return {
    kind: kindOf(name, kindName === undefined, fields),
    name,
    ids,
    key: header(headers, "event-id", "idempotency-key") ?? keyOf(fields, ids, name, body),
    durationSeconds: amountOf(fields, ...DURATION_NAMES),
    status: plainState(textOf(fields, "status", "callsessionstate", "callstatus")),
    hangupCause: textOf(fields, "hangupcause", "dialhangupcause", "failurecode", "failurereason"),
    clientRequestId: textOf(fields, "clientrequestid"),
    fields,
  };
}

/** Reads the edge of a call that a voice callback tells of, if it tells of one. */
export function callbackEvent(callback: VoiceCallback, over: boolean): PlatformEvent | undefined {
  const name = over ? "callcompleted" : AFTER_NAMES[callback.after ?? ""] ?? callback.state ?? "";
  if (!over && !/^(stream|dial)/.test(name)) return undefined;
  return {
    kind: kindNamed(name),
    name,
    callId: callback.callId,
    ids: callback.ids,
    key: `${callback.callId}/callback/${name}`,
    durationSeconds: callback.durationSeconds,
    status: callback.state,
    hangupCause: callback.hangupCause,
    clientRequestId: callback.clientRequestId,
    fields: new Map(callback.dialStatus === undefined ? [] : [["dialstatus", callback.dialStatus]]),
  };
}

/** What it means that the verb behind one of ours was reached. */
const AFTER_NAMES: Record<string, string> = { stream: "streamstopped", dial: "dialcompleted" };

function kindNamed(name: string): PlatformEventKind {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? "other";
}

/**
 * A state, unlike a kind, proves no end by itself: the switch says `Completed` of calls that it is
 * still setting up.
 */
function kindOf(name: string, isState: boolean, fields: WireFields): PlatformEventKind {
  const kind = kindNamed(name);
  if (!isState || kind !== "call_completed") return kind;
  const over = flagOf(fields, "isactive") === false ||
    (amountOf(fields, ...DURATION_NAMES) ?? 0) > 0;
  return over ? kind : "other";
}

function header(headers: Headers, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = headers.get(`x-sautikit-${name}`) ?? headers.get(name);
    if (value && isId(value)) return value;
  }
}

function keyOf(fields: WireFields, ids: string[], name: string, body: Uint8Array): string {
  const given = textOf(fields, "eventid", "idempotencykey");
  if (given && isId(given)) return given;
  const moment = textOf(fields, "occurredat", "timestamp", "eventtime", "endedat") ??
    createHash("sha256").update(body).digest("base64url");
  return `${ids[0] ?? ""}/${name.slice(0, 64)}/${moment.slice(0, 64)}`;
}
