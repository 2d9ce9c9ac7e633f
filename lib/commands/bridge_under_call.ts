import type { Bridge, BridgeOptions } from "../bridge.ts";
import type { Clock } from "../clock.ts";
import type { Env } from "../settings/env.ts";
import { eventsToken } from "../server/events_token.ts";
import { configureLog } from "../log.ts";
import { readSettings, type Settings } from "../settings.ts";

/** Starts a bridge, engines and tools included. */
export type StartBridge = (settings: Settings, options: BridgeOptions) => Promise<Bridge>;

/** The bridge that a simulated call goes to. */
export interface BridgeUnderCall {
  url: string;
  /** Absent when the secret of a running bridge is not known here. */
  eventsToken?: (callId: string) => string;
  close(): Promise<void>;
}

/**
 * Starts a bridge in this process for one call: on a port of its own, with a store that is gone
 * afterwards, its platform being the simulated one at `apiUrl`.
 */
export async function startOwnBridge(
  start: StartBridge,
  env: Env,
  clock: Clock,
  api: { url: string; key: string },
): Promise<BridgeUnderCall> {
  await Deno.mkdir("data", { recursive: true });
  const dataDir = await Deno.makeTempDir({ dir: "data", prefix: "call-" });
  const secret = crypto.randomUUID() + crypto.randomUUID();
  const { PUBLIC_URL: _, DENO_KV_URL: __, ...kept } = env;
  try {
    const settings = readSettings({
      ...kept,
      PORT: "0",
      DATA_DIR: dataDir,
      TOKEN_SECRET: secret,
      SAUTIKIT_API_KEY: api.key,
      SAUTIKIT_BASE_URL: api.url,
    });
    configureLog({ level: env.LOG_LEVEL ? settings.logLevel : "error", pretty: true });
    const bridge = await start(settings, { clock, hostname: "127.0.0.1" });
    await bridge.ready();
    return {
      url: bridge.url,
      eventsToken: (callId) => eventsToken(secret, callId),
      async close() {
        await bridge.close();
        await Deno.remove(dataDir, { recursive: true });
      },
    };
  } catch (error) {
    await Deno.remove(dataDir, { recursive: true });
    throw error;
  }
}

/** Takes a bridge that runs already; its events can be read when its secret can. */
export async function runningBridge(url: string, env: Env): Promise<BridgeUnderCall> {
  const secret = env.TOKEN_SECRET ?? await readTokenSecret(env.DATA_DIR ?? "./data");
  return {
    url,
    eventsToken: secret === undefined ? undefined : (callId) => eventsToken(secret, callId),
    close: () => Promise.resolve(),
  };
}

async function readTokenSecret(dataDir: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(`${dataDir}/token_secret`)).trim() || undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return;
    throw error;
  }
}
