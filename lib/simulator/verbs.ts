/** One verb of a voice document, in the platform's own words. */
export type Verb =
  | ({ verb: "stream" } & StreamVerb)
  | { verb: "say"; text: string; language?: string; loop: number }
  | { verb: "play"; url: string; loop: number }
  | {
    verb: "getDigits";
    /** 0 for no limit. */
    maxDigits: number;
    timeoutS: number;
    finishOnKey: string;
    prompts: Verb[];
  }
  | ({ verb: "dial" } & DialVerb)
  | { verb: "conference"; room: string }
  | { verb: "redirect"; url: string; method: string }
  | { verb: "reject"; reason: string }
  | { verb: "hangup" }
  /** A verb that the platform has and the simulation does not. */
  | { verb: "unknown"; name: string };

export interface StreamVerb {
  url: string;
  track: "inbound_track" | "outbound_track" | "both_tracks";
  /** Without it the platform tears the leg down about a second after the fork starts. */
  connect: boolean;
  outputRateHz: number;
  /** Absent: nothing that the bridge sends is heard. */
  bidirectionalRateHz?: number;
  name?: string;
  headerMetadata?: string;
  openMetadata?: string;
  statusCallback?: string;
  statusEvents: string[];
}

export interface DialVerb {
  /** Phone numbers, or one `sip:` address; the first to answer gets the caller. */
  targets: string[];
  callerId?: string;
  timeoutS: number;
}

/** The platform would not take the document. */
export class DocumentError extends Error {
  override name = "DocumentError";
}
