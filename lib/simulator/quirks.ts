import type { EventKind } from "./event_feed.ts";
import type { FirstText } from "./first_text.ts";
import type { PlayoutBuild } from "./playout_model.ts";
import type { AudioQuirks } from "./stream_messages.ts";

/** How this platform behaves where the live one is odd, undocumented or contradicts itself. */
export interface Quirks {
  /** State in the first callback; a live first one may say `Completed`. @default "Ringing" */
  firstState?: "Ringing" | "Completed";
  /** How often the first callback is sent; answers after the first are not followed. @default 1 */
  firstCallbacks?: number;
  /** Edges that ask the voice callback again. @default ["Answered", "StreamStarted"] */
  edges?: ("Answered" | "StreamStarted")[];
  /**
   * What happens when the bridge closes the stream: the leg is held in silence, as seen live; the
   * voice callback is asked again, as documented; or the verbs behind the stream run. @default "hold"
   */
  afterStream?: "hold" | "callback" | "verbs";
  /** Body of call events: as the PBX sends them, or in the documented envelope. @default "pbx" */
  eventShape?: "pbx" | "envelope";
  /** Sends every event twice. @default false */
  duplicateEvents?: boolean;
  /** Sends each second event before the first. @default false */
  swapEvents?: boolean;
  /** Events that never arrive. */
  lostEvents?: EventKind[];
  /**
   * Where the platform says why a person who should join a running call did not: nowhere, in the
   * event, in the answer about the person, or in the call's record. @default "nowhere"
   */
  toldCause?: "nowhere" | "event" | "answer" | "record";
  firstText?: FirstText;
  build?: PlayoutBuild;
  audio?: AudioQuirks;
  /** Sends an empty binary message before it closes a stream. @default false */
  gracefulFlush?: boolean;
}
