import { Problem } from "../server/problem.ts";
import { toE164 } from "./phone_number.ts";
import {
  amountOf,
  flagOf,
  idsOf,
  plainState,
  rawText,
  readFields,
  textOf,
  type WireFields,
} from "./wire_fields.ts";

/** One question of the platform: what shall happen with this call now? */
export interface VoiceCallback {
  /** The best of `ids`. */
  callId: string;
  /** Every id in the request, best first. */
  ids: string[];
  /** E.164, absent when withheld. */
  callerNumber?: string;
  dialledNumber?: string;
  direction?: string;
  /** Lower-case letters only: `ringing`, `streamstarted`, `completed`. */
  state?: string;
  /** What the platform says of the leg, when it says anything. */
  active?: boolean;
  durationSeconds?: number;
  /** Keys pressed: `0`–`9`, `*` and `#`. */
  digits?: string;
  clientRequestId?: string;
  /** Which of our own verbs has come to its end, when a `<Redirect>` behind it led here. */
  after?: "stream" | "dial";
  /** How a `<Dial>` ended, in the platform's own words. */
  dialStatus?: string;
  hangupCause?: string;
}

export interface NumberRules {
  /** ISO code of the country whose numbers come without a country code. */
  defaultCountry: string;
  /** Our own numbers, E.164; a call that seems to come from one has its ends swapped. */
  ownedNumbers: string[];
}

const MAX_DIGITS = 32;

/**
 * Reads a voice callback. The names are those of live payloads, then those of the documentation.
 *
 * @throws {Problem} when the body can't be read or names no call
 */
export function readVoiceCallback(
  body: Uint8Array,
  contentType: string | undefined,
  query: URLSearchParams,
  rules: NumberRules,
): VoiceCallback {
  const fields = readFields(body, contentType, query);
  const ids = idsOf(fields);
  if (ids.length === 0) {
    throw new Problem(
      400,
      "Cannot tell which call this is about: sessionId (or CallId, callSid) must be 1 to 128 " +
        `printable characters: received ${fields.size === 0 ? "an empty body" : "none"}`,
    );
  }
  return {
    callId: ids[0],
    ids,
    ...readEnds(fields, rules),
    direction: textOf(fields, "direction")?.toLowerCase(),
    state: readState(fields),
    active: flagOf(fields, "isactive", "active"),
    durationSeconds: amountOf(fields, "durationinseconds", "durationseconds", "duration"),
    digits: readDigits(fields),
    clientRequestId: textOf(fields, "clientrequestid"),
    after: readAfter(query),
    dialStatus: textOf(fields, "dialcallstatus", "dialstatus"),
    hangupCause: textOf(fields, "hangupcause"),
  };
}

function readEnds(fields: WireFields, rules: NumberRules) {
  const callerNumber = toE164(
    rawText(fields, "callernumber", "from", "caller", "callerid"),
    rules.defaultCountry,
  );
  const dialledNumber = toE164(
    rawText(fields, "destinationnumber", "to", "callednumber", "clientdialednumber"),
    rules.defaultCountry,
  );
  // Calls placed from a browser arrive with the dialled number as the caller.
  return callerNumber && rules.ownedNumbers.includes(callerNumber)
    ? { callerNumber: dialledNumber, dialledNumber: callerNumber }
    : { callerNumber, dialledNumber };
}

function readState(fields: WireFields): string | undefined {
  const streamEvent = plainState(textOf(fields, "streamevent"));
  if (streamEvent?.startsWith("stream")) return streamEvent;
  return plainState(textOf(fields, "callsessionstate", "streamstatus", "callstatus", "status"));
}

function readDigits(fields: WireFields): string | undefined {
  const digits = textOf(fields, "digits", "dtmfdigits")?.replace(/[^0-9*#]/g, "");
  return digits ? digits.slice(0, MAX_DIGITS) : undefined;
}

function readAfter(query: URLSearchParams): "stream" | "dial" | undefined {
  const after = query.get("after");
  return after === "stream" || after === "dial" ? after : undefined;
}
