import type { Logger } from "@logtape/logtape";
import type { Admission } from "./admission.ts";
import type { Background } from "./background.ts";
import type { Clock } from "../clock.ts";
import type { CallRecord, CallStore, DialTarget } from "../contracts/call_record.ts";
import type { AnswerCall } from "../contracts/line.ts";
import type { LiveEvents } from "./live_events.ts";
import type { Relay } from "../hand_over/relay.ts";
import type { PlatformEvent } from "../platform/platform_event.ts";
import type { VoiceAction } from "../platform/voice_actions.ts";
import type { Settings } from "../settings.ts";
import type { Sockets } from "./sockets.ts";

/** What the routes work with. */
export interface AppDeps {
  settings: Settings;
  tokenSecret: string;
  /** This process, as the records of its calls name it. */
  ownerId: string;
  store: CallStore;
  /** Starts the agent on a line. */
  answer: AnswerCall;
  fallback: Fallback;
  /**
   * What a caller gets who is being handed over, when it is not simply the `<Dial>`; `dial_over`
   * is asked when the person's phone did not answer or was put down.
   */
  handOverDocument?(record: CallRecord, edge: "hand_over" | "dial_over"): VoiceAction[] | undefined;
  /** Told of everything that the platform reports, once each, after it was acknowledged. */
  onPlatformEvent?(event: PlatformEvent): void | Promise<void>;
  /** Leads callers to the agent over a second leg, when the agent file says so. */
  relay?: Relay;
  /** Told of every call that was given a stream, whose socket is to come. */
  onOffered?(callId: string): void;
  /** Told of every caller who waits in a room for the agent. */
  onRelayed?(callId: string): void;
  /** Told of every line that closed, whoever closed it. */
  onLineGone?(callId: string): void;
  /** Makes a request into a socket. @default Deno's own way */
  upgrade?: typeof Deno.upgradeWebSocket;
  admission: Admission;
  sockets: Sockets;
  liveEvents: LiveEvents;
  background: Background;
  /** Hides numbers and the like in what people read. */
  mask(text: string): string;
  clock: Clock;
  log: Logger;
}

/** What callers get when the agent can't take their call. */
export interface Fallback {
  /** Full tag of the language of the texts: `en-KE`. */
  language: string;
  /** Where people are; nothing when nobody is at work. */
  person(): DialTarget | undefined;
  ringMs: number;
  texts: {
    /** Before a person is rung. */
    person: string;
    /** Instead of an agent, when no person can be rung. */
    busy: string;
    /** When a call broke off on our side. */
    broken: string;
    /** When the person did not answer. */
    unreached: string;
  };
}
