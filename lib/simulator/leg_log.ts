import type { PartyNote } from "./party.ts";

/** What happened on one leg, as its phone and platform saw it; `atMs` counts from the first ring. */
export type LegEntry = { atMs: number } & LegEntryBody;

export type LegEntryBody =
  | PartyNote
  | { type: "callback"; state: string; status: number; verbs: string[] }
  | { type: "callback_failed"; state: string; reason: string }
  | { type: "answered" }
  | { type: "stream_open" }
  | { type: "stream_closed"; by: "platform" | "bridge" | "failed"; code: number; reason: string }
  /** A stream was answered while one was running; the platform can't fork a leg twice. */
  | { type: "second_stream"; state: string }
  | { type: "kill_audio" }
  | { type: "text"; messageType?: string }
  | { type: "key"; keys: string }
  | { type: "said"; text: string }
  | { type: "played"; url: string }
  | { type: "clip_failed"; reason: string }
  | { type: "digits"; digits: string }
  | { type: "dialled"; targets: string[]; callerId?: string }
  | { type: "put_through"; target: string }
  | { type: "dial_ended"; target: string; outcome: string; lastedMs: number }
  | { type: "joined_room"; room: string }
  | {
    type: "supervisor";
    state: "ringing" | "connected" | "ended" | "failed";
    mode: string;
    target: string;
    cause?: string;
  }
  | { type: "redirected"; url: string }
  | { type: "verb_ignored"; name: string }
  /** The caller sits in silence and nothing will come, unless somebody hangs up. */
  | { type: "held_in_silence" }
  | { type: "ended"; by: LegEnd["by"]; reason: string };

/** Why a leg ended. */
export interface LegEnd {
  by: "caller" | "bridge" | "platform";
  reason: string;
}
