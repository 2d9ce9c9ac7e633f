import type { Hear } from "./audio/framer.ts";
import { FRAME_MS } from "./audio/pcm.ts";
import type { Clock } from "./clock.ts";
import type { Line, LineListener } from "./contracts/line.ts";
import { KILL_AUDIO, readSocketText } from "./platform/socket_messages.ts";

/** Two seconds of sound; a peer that reads never lets more than a few frames wait. */
export const MAX_BUFFERED_BYTES = 65_536;
/** The media server sends 64,000 bytes at most, at once after a stall. */
export const MAX_MESSAGE_BYTES = 1_048_576;
/** How long the peer may take nothing of what waits before it counts as gone. */
export const STALLED_MS = 5_000;
/** How long the socket stays open after the platform said that no more sound comes. */
export const END_OF_INPUT_GRACE_MS = 500;
/** How long the peer has to answer our closing; afterwards nobody waits for it. */
export const CLOSING_MS = 2_000;

/** Frames come every 20 ms: those that wait for others wait no longer than this. */
const OVERDUE_MS = 60;

/** Cuts what comes over the wire into frames of the caller's sound. */
export interface FrameCutter {
  /** Hands over completed frames, up to `together` of them at once. */
  push(bytes: Uint8Array, hear: Hear, together: number): void;
  /** Hands over the completed frames that wait. */
  flush(hear: Hear): void;
}

export interface LineOptions {
  clock: Clock;
  framer: FrameCutter;
  /** Told of names that the first message gives the call. */
  onIds?(ids: string[]): void;
  /** Told once, when nothing more will come. */
  onGone?(reason: string): void;
  /** Told of an error in the listener, which ends this line and no other. */
  onFault?(error: unknown): void;
}

/**
 * The call's end of one audio socket.
 *
 * Deno tells nothing of a peer that stops reading: no `close` event comes, not even after
 * `close()`. So `check` must be called about once a second; it finds such peers by what they leave
 * unread. Peers that read and are dead are found by Deno's own pings.
 */
export class SocketLine implements Line {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #framer: FrameCutter;
  readonly #options: LineOptions;
  #listener?: LineListener;
  #state: "open" | "closing" | "gone" = "open";
  #closedAtMs = Infinity;
  #endsAtMs = Infinity;
  /** Since when no byte of what waits has left, and how much waited then. */
  #stuckSinceMs = Infinity;
  #stuckBytes = 0;
  #droppedFrames = 0;
  #named = false;
  #lastHeardMs: number;
  #together = 1;
  readonly #hear: Hear = (frame, following) => {
    this.#listener?.hear(frame, this.#lastHeardMs - following * FRAME_MS);
    if (following === 0) this.#together = this.#listener?.framesTogether ?? 1;
  };

  constructor(socket: WebSocket, options: LineOptions) {
    this.#socket = socket;
    this.#clock = options.clock;
    this.#framer = options.framer;
    this.#options = options;
    this.#lastHeardMs = options.clock.now();
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => this.#gone(describeClose(event));
    // `close` follows; without a handler the error would end the process.
    socket.onerror = (event) => event.preventDefault();
  }

  /** Passes what is heard from now on to `listener`. */
  listen(listener: LineListener): void {
    this.#listener = listener;
    if (this.#state === "gone") listener.lost("the socket closed at once");
  }

  send(samples: Int16Array): void {
    if (this.#state !== "open" || samples.length === 0) return;
    const buffered = this.bufferedBytes;
    if (buffered + samples.byteLength > MAX_BUFFERED_BYTES) {
      this.#droppedFrames++;
      return;
    }
    this.#write(samples as Int16Array<ArrayBuffer>);
  }

  killAudio(): void {
    if (this.#state === "open") this.#write(KILL_AUDIO);
  }

  close(code: number, reason: string): void {
    if (this.#state !== "open") return;
    this.#state = "closing";
    this.#closedAtMs = this.#clock.now();
    this.#closeSocket(code, reason);
  }

  flush(): void {
    const isOverdue = this.#clock.now() - this.#lastHeardMs >= OVERDUE_MS;
    if (isOverdue && this.#state === "open") this.#framer.flush(this.#hear);
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Messages that were not sent because the peer does not read. */
  get droppedFrames(): number {
    return this.#droppedFrames;
  }

  /** Moment of the last message, on the clock. */
  get lastHeardMs(): number {
    return this.#lastHeardMs;
  }

  /** Passes on a key that came another way than over the socket. */
  press(digit: string): void {
    if (this.#state === "open") this.#listener?.press(digit);
  }

  /** Finds out what no event tells; to be called about once a second. */
  check(): void {
    const nowMs = this.#clock.now();
    if (nowMs >= this.#endsAtMs) this.drop(1000, "the platform ended the sound");
    else if (nowMs - this.#closedAtMs >= CLOSING_MS) this.#gone("closed by us");
    else if (this.#isStuck(nowMs)) this.drop(1011, "the platform stopped reading");
  }

  /** Closes the socket and tells the call at once, without waiting for the peer. */
  drop(code: number, reason: string): void {
    this.#closeSocket(code, reason);
    this.#gone(reason);
  }

  #isStuck(nowMs: number): boolean {
    const bytes = this.bufferedBytes;
    if (bytes === 0 || bytes < this.#stuckBytes || this.#stuckSinceMs === Infinity) {
      this.#stuckSinceMs = bytes === 0 ? Infinity : nowMs;
    }
    this.#stuckBytes = bytes;
    return nowMs - this.#stuckSinceMs >= STALLED_MS;
  }

  #receive(data: unknown): void {
    if (this.#state !== "open" || this.#endsAtMs !== Infinity) return;
    this.#lastHeardMs = this.#clock.now();
    try {
      if (typeof data === "string") this.#read(data);
      else if (data instanceof ArrayBuffer) this.#frame(data);
    } catch (error) {
      this.#options.onFault?.(error);
      this.drop(1011, "an error on our side");
    }
  }

  #frame(data: ArrayBuffer): void {
    if (data.byteLength > MAX_MESSAGE_BYTES) {
      this.drop(1009, `a message must have at most ${MAX_MESSAGE_BYTES} bytes`);
    } else if (data.byteLength === 0) {
      this.#framer.flush(this.#hear);
      // The media server's sign of a graceful end; it leaves the closing to us.
      this.#endsAtMs = this.#clock.now() + END_OF_INPUT_GRACE_MS;
    } else {
      this.#framer.push(new Uint8Array(data), this.#hear, this.#together);
    }
  }

  #read(text: string): void {
    for (const message of readSocketText(text)) {
      if (message.type === "digit") this.#listener?.press(message.digit);
      else if (!this.#named) {
        this.#named = true;
        this.#options.onIds?.(message.ids);
      }
    }
  }

  #write(data: string | Int16Array<ArrayBuffer>): void {
    try {
      this.#socket.send(data);
    } catch {
      // The socket is closing; its `close` event says so.
    }
  }

  #closeSocket(code: number, reason: string): void {
    try {
      this.#socket.close(code, reason.slice(0, 120));
    } catch {
      // It is closed already.
    }
  }

  #gone(reason: string): void {
    if (this.#state === "gone") return;
    this.#state = "gone";
    this.#listener?.lost(reason);
    this.#options.onGone?.(reason);
  }
}

function describeClose(event: CloseEvent): string {
  const reason = event.reason === "" ? "" : `: ${event.reason}`;
  return `the socket closed with ${event.code}${reason}`;
}
