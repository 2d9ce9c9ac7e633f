import type { LiveConnectConfig } from "@google/genai";
import type { Clock } from "../../clock.ts";
import { LiveConnection, type LiveOver } from "./live_connection.ts";
import type { LiveSocket } from "./live_socket.ts";

/** The service ends connections after ten minutes; an utterance must fit before that. */
const MAX_SPARE_AGE_MS = 9 * 60_000;
/** How long the service may take to be ready to listen. */
const CONNECT_MS = 5000;

interface Spare {
  key: string;
  opening: Promise<LiveConnection | undefined>;
  stopTimer(): void;
  giveUp(): void;
}

/**
 * Keeps one open Live connection ready, so that an utterance needn't wait for one. Nothing is sent
 * on it before its utterance, so nothing is billed.
 */
export class SpareConnections {
  readonly #sockets = new Set<LiveSocket>();
  #spare?: Spare;
  #closed = false;

  constructor(readonly liveOver: LiveOver, readonly model: string, readonly clock: Clock) {}

  /** Makes the spare connection ready, unless it is. */
  warm(config: LiveConnectConfig): void {
    const key = JSON.stringify(config);
    if (this.#closed || this.#spare?.key === key) return;
    this.#discard();
    this.#spare = this.#openSpare(key, config);
  }

  /** Gives a connection that nobody has used, and makes the next one ready. */
  async take(config: LiveConnectConfig, signal: AbortSignal): Promise<LiveConnection> {
    const spare = this.#spare;
    if (spare?.key === JSON.stringify(config)) {
      this.#spare = undefined;
      spare.stopTimer();
      const connection = await spare.opening;
      if (connection?.usable && !signal.aborted) {
        this.warm(config);
        return connection;
      }
      connection?.close();
    }
    const connection = await this.#open(config, signal);
    this.warm(config);
    return connection;
  }

  /** Resolves when every connection is closed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#discard();
    for (const socket of this.#sockets) socket.close();
    await Promise.all([...this.#sockets].map((socket) => socket.closed));
  }

  #openSpare(key: string, config: LiveConnectConfig): Spare {
    const controller = new AbortController();
    return {
      key,
      // A spare that can't be opened is no failure yet: the utterance that needs it finds out.
      opening: this.#open(config, controller.signal).catch(() => undefined),
      stopTimer: this.clock.at(this.clock.now() + MAX_SPARE_AGE_MS, () => this.#discard()),
      giveUp: () => controller.abort(),
    };
  }

  #discard(): void {
    const spare = this.#spare;
    this.#spare = undefined;
    spare?.stopTimer();
    spare?.giveUp();
    spare?.opening.then((connection) => connection?.close());
  }

  async #open(config: LiveConnectConfig, signal: AbortSignal): Promise<LiveConnection> {
    const late = new AbortController();
    const stopTimer = this.clock.at(this.clock.now() + CONNECT_MS, () => late.abort());
    const either = AbortSignal.any([signal, late.signal]);
    try {
      return await LiveConnection.open(this.liveOver, this.model, config, either, (socket) => {
        this.#sockets.add(socket);
        socket.closed.then(() => this.#sockets.delete(socket));
      });
    } finally {
      stopTimer();
    }
  }
}
