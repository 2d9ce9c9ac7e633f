/** One open audio socket, as the call uses it. Samples are mono 16-bit at 16 kHz. */
export interface Line {
  /** Sends samples to be played after everything sent before. */
  send(samples: Int16Array): void;
  /** Drops what was sent and not yet played. */
  killAudio(): void;
  /** Closes the socket; later calls do nothing. The phone call itself goes on. */
  close(code: number, reason: string): void;
  /** Hands over frames that wait for others which do not come; to be called several times a second. */
  flush(): void;
  /** Bytes that the kernel has not taken yet; grows when the peer stops reading. */
  readonly bufferedBytes: number;
}

/** What the line tells the call. Every method returns at once and never throws. */
export interface LineListener {
  /**
   * One frame of 320 samples, valid only during this call of the method.
   *
   * @param atMs when it came, on the clock; of frames that are handed over together each its own
   */
  hear(frame: Int16Array, atMs: number): void;
  /**
   * How many frames may be handed over together, because none but the last can change anything.
   * Asked after each that is heard. @default 1
   */
  readonly framesTogether?: number;
  /** One key: `0`–`9`, `*` or `#`. */
  press(digit: string): void;
  /** The socket is gone; called once, and nothing after it. */
  lost(reason: string): void;
}

/** What is known of a call when its socket opens; nothing in it comes from the caller's words. */
export interface CallFacts {
  callId: string;
  /** E.164, absent when withheld. */
  callerNumber?: string;
  dialledNumber?: string;
}

/** Starts the agent on an open line. */
export type AnswerCall = (facts: CallFacts, line: Line) => LineListener;
