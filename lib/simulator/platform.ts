import type { Clock } from "../clock.ts";
import { Exchange } from "./exchange.ts";
import type { LegServices } from "./leg_services.ts";
import { seededRandom } from "./noises.ts";
import type { OpenSocket } from "./media_fork.ts";
import {
  type ApiFault,
  type ApiRequest,
  createPlatformApi,
  type PlatformApi,
  servePlatformApi,
} from "./platform_api.ts";
import type { ApiNumbersOptions } from "./api_numbers.ts";
import type { Quirks } from "./quirks.ts";
import { type PostOptions, signedPost } from "./signed_post.ts";

export interface PlatformOptions {
  clock: Clock;
  quirks?: Quirks;
  /** Signs every callback and event. */
  signing?: Pick<PostOptions, "secret" | "signature" | "body">;
  apiKey?: string;
  /** @default any free one */
  apiPort?: number;
  fault?: (request: ApiRequest) => ApiFault | undefined;
  numbers?: Partial<ApiNumbersOptions>;
  /** Where events of calls that the API places go. */
  eventsUrl?: string;
  ownedNumbers?: string[];
  /** Who answers a phone. @default everybody, silently, after one second */
  dial?: LegServices["dial"];
  /** Speaks `Say`. @default silence of the length that speaking takes */
  speak?: LegServices["speak"];
  /** Fetches `Play`. @default refuses */
  fetchClip?: LegServices["fetchClip"];
  /** @default 1 */
  seed?: number;
  /** How the bridge is reached, when not over the network; then the API is not served either. */
  inProcess?: { fetch: typeof fetch; openSocket: OpenSocket };
}

/** A simulated SautiKit: rings a bridge, follows its documents, and serves the REST API. */
export interface SimulatedPlatform {
  exchange: Exchange;
  api: PlatformApi;
  /** Ends all calls and the API. */
  close(): Promise<void>;
}

/** Reading aloud takes about this long for each character. */
const MS_PER_CHARACTER = 70;
const SAMPLES_PER_MS = 16;

/** Starts a simulated platform on a port of its own. */
export function startPlatform(options: PlatformOptions): SimulatedPlatform {
  const { clock } = options;
  const dial = options.dial ?? (() => ({ outcome: "answered", ringMs: 1000 }) as const);
  const exchange = new Exchange({
    clock,
    quirks: options.quirks ?? {},
    post: signedPost({ clock, fetch: options.inProcess?.fetch, ...options.signing }),
    openSocket: options.inProcess?.openSocket,
    random: seededRandom(options.seed ?? 1),
    ownedNumbers: options.ownedNumbers,
    dial,
    speak: options.speak ?? spoken,
    fetchClip: options.fetchClip ?? refuse,
  });
  const openApi = options.inProcess ? createPlatformApi : servePlatformApi;
  const api = openApi({
    exchange,
    clock,
    dial,
    quirks: options.quirks ?? {},
    apiKey: options.apiKey,
    port: options.apiPort,
    fault: options.fault,
    eventsUrl: options.eventsUrl,
    numbers: { owned: [], available: [], balanceMinor: 0, ...options.numbers },
  });
  return {
    exchange,
    api,
    async close() {
      await exchange.close();
      await api.close();
    },
  };
}

function spoken(text: string): Promise<Int16Array> {
  return Promise.resolve(new Int16Array(text.length * MS_PER_CHARACTER * SAMPLES_PER_MS));
}

function refuse(url: string): Promise<Int16Array> {
  return Promise.reject(
    new Error(`Cannot play ${url}: this platform must be given a way to fetch`),
  );
}
