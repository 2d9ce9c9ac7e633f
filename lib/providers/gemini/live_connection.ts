import type { Live, LiveConnectConfig, Modality, Session } from "@google/genai";
import { bytesFromSamples, SAMPLE_RATE_HZ } from "../../audio/pcm.ts";
import { fault } from "./gemini_error.ts";
import { type LiveEvent, liveEvents } from "./live_events.ts";
import { LiveSocket } from "./live_socket.ts";

/** The SDK's Live client over a given socket. */
export type LiveOver = (socket: LiveSocket) => Live;

/**
 * One connection for one utterance. The service may let what it has heard before colour what it
 * hears next, so that a connection never serves two callers, nor two utterances.
 */
export class LiveConnection {
  /** False once the service has closed it or said that it will. */
  usable = true;
  #listener: (event: LiveEvent) => void = () => {};
  #session?: Session;
  #closeReason = "";

  private constructor(readonly socket: LiveSocket) {}

  /** Resolves when the service is ready to listen. */
  static async open(
    liveOver: LiveOver,
    model: string,
    config: LiveConnectConfig,
    signal: AbortSignal,
    opening: (socket: LiveSocket) => void,
  ): Promise<LiveConnection> {
    signal.throwIfAborted();
    const socket = new LiveSocket();
    opening(socket);
    const connection = new LiveConnection(socket);
    const giveUp = () => socket.close();
    signal.addEventListener("abort", giveUp, { once: true });
    try {
      connection.#session = await liveOver(socket).connect({
        model,
        config: {
          responseModalities: ["TEXT" as Modality],
          realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
          ...config,
        },
        callbacks: {
          onmessage: (message) => liveEvents(message).forEach((event) => connection.#tell(event)),
          onerror: ({ message }) => connection.#closeReason = message,
          onclose: ({ code, reason }) =>
            connection.#tell({
              type: "closed",
              reason: `${code} ${reason || connection.#closeReason}`,
            }),
        },
      });
      signal.throwIfAborted();
      return connection;
    } catch (error) {
      socket.close();
      throw error;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  /** Tells `listener` what comes from now on, and at once when the connection is gone already. */
  listen(listener: (event: LiveEvent) => void): void {
    this.#listener = listener;
    if (!this.usable) listener({ type: "closed", reason: this.#closeReason || "before its use" });
  }

  start(): void {
    this.#input.sendRealtimeInput({ activityStart: {} });
  }

  /** @param samples mono at 16 kHz */
  send(samples: Int16Array): void {
    this.#input.sendRealtimeInput({
      audio: {
        mimeType: `audio/pcm;rate=${SAMPLE_RATE_HZ}`,
        data: bytesFromSamples(samples).toBase64(),
      },
    });
  }

  end(): void {
    this.#input.sendRealtimeInput({ activityEnd: {} });
  }

  close(): void {
    this.usable = false;
    this.#listener = () => {};
    this.socket.close();
  }

  get #input(): Session {
    if (!this.#session) throw fault("broken", "Cannot speak to Gemini: the connection isn't open");
    return this.#session;
  }

  #tell(event: LiveEvent): void {
    if (event.type === "closed" || event.type === "leaving") this.usable = false;
    if (event.type === "closed") this.#closeReason = event.reason;
    this.#listener(event);
  }
}
