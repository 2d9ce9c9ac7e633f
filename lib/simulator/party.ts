/** One end of a phone leg: hears 20 ms and answers with what it says in them. */
export interface Party {
  /** `heard` and the result's samples are frames of 320 samples at 16 kHz. */
  next(heard: Int16Array): PartyFrame;
}

export interface PartyFrame {
  samples: Int16Array;
  /** Keys pressed in this frame. */
  keys?: string;
  /** The party puts the phone down after this frame. */
  hangUp?: boolean;
  notes?: PartyNote[];
}

/** What a simulated caller does and notices. */
export type PartyNote =
  | { type: "line_begins"; line: number; text: string; bargeIn: boolean }
  /** `voicedMs` ago the caller's last sound ended. */
  | { type: "line_ends"; line: number; text: string; silentForMs: number }
  /** The agent began to speak while the caller's line was not over. */
  | { type: "talked_over"; line: number }
  /** The agent did not speak for as long as the caller would wait. */
  | { type: "agent_silent"; waitedMs: number }
  | { type: "script_over" };
