import { FRAME_MS, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { Resampler } from "../audio/resample.ts";
import type { Clock } from "../clock.ts";
import { type PlayoutBuild, PlayoutModel } from "./playout_model.ts";
import { SampleQueue } from "./sample_queue.ts";
import { type AudioQuirks, StreamMessages } from "./stream_messages.ts";
import type { StreamVerb } from "./verbs.ts";

/** The sub-protocol that the platform offers, and the only one that it takes. */
export const SUBPROTOCOL = "audio.drachtio.org";

/** How long a bridge may take to answer the handshake; there is no second try. */
const CONNECT_MS = 10_000;

/** How long the fork waits for the bridge's closing frame before it counts the socket as gone. */
const CLOSE_MS = 2_000;

export interface MediaForkOptions {
  verb: StreamVerb;
  clock: Clock;
  /** First text frame, absent for none. */
  firstText?: string;
  build?: PlayoutBuild;
  quirks?: AudioQuirks;
  random: () => number;
  /** How sockets reach the bridge. @default over the network */
  openSocket?: OpenSocket;
  onOpen(): void;
  /** A text message from the bridge; `type` is undefined when it is not JSON or has none. */
  onText(type: string | undefined, text: string): void;
}

/** Opens an audio socket to a bridge, as the platform's media server does. */
export type OpenSocket = (url: string) => WebSocket;

/** How a stream ended: `failed` when it never opened as it must. */
export interface ForkEnd {
  by: "platform" | "bridge" | "failed";
  code: number;
  reason: string;
}

/** The platform's side of one audio socket. Audio in and out is in frames of 16 kHz. */
export class MediaFork {
  readonly ended: Promise<ForkEnd>;
  readonly #options: MediaForkOptions;
  readonly #socket: WebSocket;
  readonly #messages: StreamMessages;
  readonly #toStream: Resampler;
  readonly #heardToStream: Resampler;
  readonly #playout?: PlayoutModel;
  readonly #toEar: Resampler;
  readonly #ear = new SampleQueue();
  #end!: (end: ForkEnd) => void;
  #cancelTimer: () => void;
  #isOpen = false;
  #isStopping = false;
  #ticks = 0;

  constructor(options: MediaForkOptions) {
    const { verb, clock } = options;
    this.#options = options;
    this.ended = new Promise((resolve) => this.#end = resolve);
    this.#messages = new StreamMessages(verb, options.quirks ?? {}, options.random);
    this.#toStream = new Resampler(SAMPLE_RATE_HZ, verb.outputRateHz);
    this.#heardToStream = new Resampler(SAMPLE_RATE_HZ, verb.outputRateHz);
    const playoutHz = verb.bidirectionalRateHz || undefined;
    if (playoutHz) this.#playout = new PlayoutModel({ rateHz: playoutHz, build: options.build });
    this.#toEar = new Resampler(playoutHz ?? SAMPLE_RATE_HZ, SAMPLE_RATE_HZ);
    this.#socket = (options.openSocket ?? openSocket)(verb.url);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => this.#open();
    this.#socket.onmessage = (event) => this.#receive(event.data);
    this.#socket.onerror = (event) => event.preventDefault(); // a close event follows
    this.#socket.onclose = (event) => this.#closed(event.code, event.reason);
    this.#cancelTimer = clock.at(clock.now() + CONNECT_MS, () => {
      this.#fail(`the handshake was not answered within ${CONNECT_MS / 1000} s`);
    });
  }

  /** Takes what the caller said and heard in one tick. */
  add(caller: Int16Array, heard: Int16Array): void {
    const atMs = this.#ticks++ * FRAME_MS;
    this.#messages.add(
      this.#toStream.push(caller),
      this.#heardToStream.push(heard),
      this.#options.verb.track,
      atMs,
    );
  }

  /** Sends what has gathered, once the socket is open. */
  flush(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const message = this.#messages.take();
    if (message) this.#socket.send(message);
  }

  /** What the caller hears of the bridge in the next tick. */
  hear(frameSamples: number): Int16Array {
    const heard = new Int16Array(frameSamples);
    if (!this.#playout) return heard;
    this.#ear.push(this.#toEar.push(this.#playout.tick()));
    heard.set(this.#ear.take(frameSamples));
    return heard;
  }

  /** Tells the bridge of keys, one text frame each. */
  press(keys: string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    for (const dtmf of keys) {
      this.#socket.send(JSON.stringify({ event: "dtmf", dtmf, duration: "1600" }));
    }
  }

  /** Ends the stream from the platform's side, as when the leg is over. */
  stop(options: { gracefulFlush?: boolean } = {}): void {
    if (this.#isStopping || this.#socket.readyState === WebSocket.CLOSED) return;
    this.#isStopping = true;
    if (options.gracefulFlush && this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(new Uint8Array(0));
    }
    this.#cancelTimer();
    const { clock } = this.#options;
    this.#cancelTimer = clock.at(clock.now() + CLOSE_MS, () => this.#closed(1000, ""));
    this.#socket.close(1000);
  }

  #open(): void {
    this.#cancelTimer();
    if (this.#isStopping) return this.#socket.close(1000);
    if (this.#socket.protocol !== SUBPROTOCOL) {
      return this.#fail(
        `the bridge must select ${SUBPROTOCOL}: it selected ${this.#socket.protocol || "none"}`,
      );
    }
    if (this.#options.firstText !== undefined) this.#socket.send(this.#options.firstText);
    this.#isOpen = true;
    this.#options.onOpen();
  }

  #receive(data: string | ArrayBuffer): void {
    if (typeof data !== "string") return this.#playout?.push(new Uint8Array(data));
    const type = typeOf(data);
    if (type === "killAudio") this.#playout?.killAudio();
    this.#options.onText(type, data);
  }

  #fail(reason: string): void {
    this.#end({ by: "failed", code: 1006, reason });
    this.stop();
  }

  #closed(code: number, reason: string): void {
    this.#cancelTimer();
    const by = this.#isStopping ? "platform" : this.#isOpen ? "bridge" : "failed";
    this.#end({ by, code, reason: reason || (by === "failed" ? "the upgrade was refused" : "") });
  }
}

function openSocket(url: string): WebSocket {
  return new WebSocket(url, {
    protocols: [SUBPROTOCOL],
    headers: {
      "Pragma": "no-cache",
      "Cache-Control": "no-cache",
      "Origin": new URL(url).hostname,
    },
  });
}

function typeOf(text: string): string | undefined {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== "object" || message === null || !("type" in message)) return undefined;
    return typeof message.type === "string" ? message.type : undefined;
  } catch {
    return undefined;
  }
}
