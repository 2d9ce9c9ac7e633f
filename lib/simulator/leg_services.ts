import type { Clock } from "../clock.ts";
import type { OpenSocket } from "./media_fork.ts";
import type { Party } from "./party.ts";
import type { Quirks } from "./quirks.ts";
import type { Room } from "./room.ts";
import type { Post } from "./signed_post.ts";

/** What became of a phone that was made to ring. */
export type DialOutcome = "answered" | "busy" | "no-answer" | "declined" | "failed";

/** A phone that rings, and the person who picks it up when `outcome` is `answered`. */
export interface DialledPhone {
  outcome: DialOutcome;
  ringMs: number;
  person?: Party;
}

/** What the platform does for a leg. */
export interface LegServices {
  clock: Clock;
  quirks: Quirks;
  post: Post;
  /** From 0 to 1, for what happens at random. */
  random: () => number;
  /** Numbers that may be shown as caller ID; absent when any may. */
  ownedNumbers?: string[];
  /** Speaks a `Say`: mono samples at 16 kHz. */
  speak(text: string, language: string | undefined): Promise<Int16Array>;
  /** Fetches a `Play`: mono samples at 16 kHz. */
  fetchClip(url: string): Promise<Int16Array>;
  /** Makes a number or SIP address ring. */
  dial(target: string): DialledPhone;
  room(name: string): Room;
  /** How sockets reach the bridge. @default over the network */
  openSocket?: OpenSocket;
}

/** Who calls whom, and where the platform asks what to do. */
export interface LegPlan {
  callId: string;
  callerNumber: string;
  dialledNumber: string;
  direction: "Inbound" | "Outbound";
  voiceUrl: string;
  eventsUrl?: string;
  clientRequestId?: string;
  party: Party;
}
