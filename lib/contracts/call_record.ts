import type { CallEvent } from "./call_event.ts";
import type { FailureReason, HandOverState } from "./hand_over.ts";

/** What outlives the process that serves a call. Times are milliseconds since 1970. */
export interface CallRecord {
  /** The platform's id of the call (`HD_…`). */
  callId: string;
  /** Other ids under which the platform has named it. */
  aliases: string[];
  callerNumber?: string;
  dialledNumber?: string;
  createdMs: number;
  /**
   * `ringing`: no stream was offered. `offered`: a `<Stream>` was answered. `streaming`: its socket
   * is open. `relayed`: the agent answers another leg of this call. `handing_over`: the next edge is
   * answered with a person. `ended`: nothing more comes.
   */
  stage: "ringing" | "offered" | "streaming" | "relayed" | "handing_over" | "ended";
  /** Moment of the last change. */
  changedMs: number;
  streamStartedMs?: number;
  endedMs?: number;
  /** What to answer with when the platform asks again while a person is wanted. */
  handOver?: HandOverRecord;
  endReason?: string;
  outcome?: string;
  /** Over which number of ours, and in which room, this caller's leg leads to the agent. */
  relay?: { number: string; room?: string };
  /** The caller's own leg, when it leads to this one. */
  callerLeg?: string;
  /** The room that the caller is in, when the agent was called into it. */
  conference?: string;
  /** The call that this is only a leg of; reports count that one. */
  partOf?: string;
  /** The process that has the socket, or that has to see that one comes. */
  owner?: string;
  /** Primary tag of the language last spoken. */
  language?: string;
  /** What the call was about, most telling first; what a repeat call is compared with. */
  intents?: string[];
  /** Salted hash of the caller's number, which outlives the number in reports. */
  callerHash?: string;
  /** What the platform says of the call, once it was asked. */
  billed?: BilledCall;
  /** After this moment the record counts as gone. */
  expiresMs: number;
}

/** The platform's own account of a call. */
export interface BilledCall {
  status: string;
  durationSeconds: number;
  costMinor: number;
  currency: string;
}

/** One hand-over to a person, as far as it has come; mere offers are told in events. */
export interface HandOverRecord {
  state: Exclude<HandOverState, "offered" | "declined">;
  reason: string;
  strategy?: string;
  /** What the person reads first; at most 60 words, masked. */
  brief: string;
  /** Said into the person's own leg before they are put through. */
  whisper?: string;
  /** How sure we are of who the caller is. */
  verified?: Verified;
  /** The account that was looked at, masked. */
  account?: string;
  /** What the call had cost when a person was wanted, in KES cents. */
  costMinor?: number;
  /** Where the caller goes. */
  target: DialTarget;
  /** Since when a person is wanted: of two callers at once the first gets the last free person. */
  consentedMs?: number;
  /** Events in the platform's record that are older than this hand-over, and so tell nothing of it. */
  olderEvents?: number;
  /** The platform's id of the person's leg that is rung now. */
  legId?: string;
  /** The audio socket is closed for good, and the caller hears nothing until something comes. */
  releasedMs?: number;
  /** Set when a `<Dial>` was answered. */
  dialledMs?: number;
  proof?: string;
  failure?: FailureReason;
  /** The ticket that stands for a promised call back. */
  reference?: string;
  promisedMs?: number;
  /** Set when the team's own system holds the promise. */
  deliveredMs?: number;
}

/** What is known of a caller's identity, and in words for people. */
export interface Verified {
  level: "none" | "number" | "fact" | "code";
  how: string;
}

/** Exactly one of the fields is set. */
export interface DialTarget {
  number?: string;
  numbers?: string[];
  sip?: string;
  /** A conference room in which people wait for callers. */
  queue?: string;
}

/** Calls by id and alias, shared by every process that serves the line. */
export interface CallStore {
  get(idOrAlias: string): Promise<CallRecord | undefined>;
  /**
   * Changes one record atomically, making it first when it is unknown; `change` may run again when
   * another process was faster. Returning `undefined` leaves the record as it is.
   */
  update(
    callId: string,
    change: (record: CallRecord) => CallRecord | undefined,
  ): Promise<CallRecord>;
  /** Makes `alias` another name of the call. */
  alias(alias: string, callId: string): Promise<void>;
  /** True the first time it sees `key`, false for `keepMs` after that. */
  once(key: string, keepMs: number): Promise<boolean>;
  /** Adds to a sum, kept for `keepMs` after its last change, and resolves with the new sum. */
  add(key: string, amount: number, keepMs: number): Promise<number>;
  append(callId: string, events: CallEvent[]): Promise<void>;
  /** The events of one call, in order. */
  events(callId: string): AsyncIterable<CallEvent>;
  /** Records that began at or after `sinceMs`, oldest first. */
  list(sinceMs: number): AsyncIterable<CallRecord>;
  close(): void;
}
