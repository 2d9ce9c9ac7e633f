import { concatSamples, samplesFromBytes } from "../lib/audio/pcm.ts";
import { hear } from "./tone_speech.ts";

/** How a fake Live socket departs from doing its work. */
export interface LiveScript {
  /** Answers an upgrade in place of the socket, by how many there were before. */
  refuse?(before: number): Response | undefined;
  /** Sees each message first; true when it has dealt with it. */
  intercept?(peer: GeminiLivePeer, message: ClientMessage): boolean | void;
  /** What the fake recogniser waits before its final text. */
  finalDelayMs?: number;
}

export interface ClientMessage {
  setup?: Record<string, unknown>;
  realtimeInput?: {
    audio?: { mimeType: string; data: string };
    activityStart?: unknown;
    activityEnd?: unknown;
  };
}

/** An interim text comes after each 300 ms of audio. */
const INTERIM_SAMPLES = 4800;

/** The server's side of one fake Live socket: hears tones as words. */
export class GeminiLivePeer {
  readonly messages: ClientMessage[] = [];
  readonly closed: Promise<void>;
  open = true;
  #audio: Int16Array[] = [];
  #unreadSamples = 0;

  constructor(readonly socket: WebSocket, readonly url: string, script: LiveScript) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    socket.onclose = () => {
      this.open = false;
      resolve();
    };
    socket.onerror = () => {};
    socket.onmessage = (event) => {
      const message: ClientMessage = JSON.parse(event.data);
      this.messages.push(message);
      if (!script.intercept?.(this, message)) this.#answer(message, script);
    };
  }

  /** Samples heard since the last start of an activity. */
  get heard(): Int16Array {
    return concatSamples(this.#audio);
  }

  /** Sends as the service does: JSON in binary frames. */
  send(message: unknown): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.socket.send(new TextEncoder().encode(JSON.stringify(message)));
  }

  close(code = 1000, reason = ""): void {
    if (this.socket.readyState <= WebSocket.OPEN) this.socket.close(code, reason);
  }

  #answer({ setup, realtimeInput }: ClientMessage, { finalDelayMs }: LiveScript): void {
    if (setup) this.send({ setupComplete: {} });
    if (realtimeInput?.activityStart) this.#audio = [];
    if (realtimeInput?.audio) {
      const samples = samplesFromBytes(Uint8Array.fromBase64(realtimeInput.audio.data));
      this.#audio.push(samples);
      this.#unreadSamples += samples.length;
      if (this.#unreadSamples < INTERIM_SAMPLES) return;
      this.#unreadSamples = 0;
      const text = hear(this.heard);
      if (text) this.send({ serverContent: { interimInputTranscription: { text } } });
    }
    if (realtimeInput?.activityEnd) {
      if (finalDelayMs) setTimeout(() => this.#finish(), finalDelayMs);
      else this.#finish();
    }
  }

  /** Silence gets only the echo of its end, as seen on the real service. */
  #finish(): void {
    const text = hear(this.heard);
    this.send({ serverContent: {}, voiceActivity: { type: "ACTIVITY_END", audioOffset: "1s" } });
    if (!text) return;
    this.send({ serverContent: { inputTranscription: { text, languageCode: "en-US" } } });
    this.send({
      serverContent: { generationComplete: true },
      usageMetadata: { promptTokenCount: 25, responseTokenCount: 4 },
    });
  }
}
