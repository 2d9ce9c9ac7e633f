import { type Agent, loadAgent } from "../agent_file.ts";
import type { Clock } from "../clock.ts";
import type { Stage } from "../contracts/call_event.ts";
import type { EngineSet } from "../engines/engine_set.ts";
import type { EngineContext } from "../engines/engine.ts";
import type { EngineName, Settings } from "../settings.ts";
import { checkAgent, checkKnowledge } from "./agent_check.ts";
import { checkClock } from "./clock_check.ts";
import { checkDisk } from "./disk_check.ts";
import { type Check, yellow } from "./finding.ts";
import { checkLevelScale } from "./level_check.ts";
import { checkModelDates } from "./model_check.ts";
import { checkPlatform } from "./platform_check.ts";
import { checkPrices } from "./price_check.ts";
import { checkPrompts } from "./prompts_check.ts";
import { checkPublicUrl } from "./public_url_check.ts";
import { checkRoundTrip } from "./round_trip_check.ts";
import { checkSecrets } from "./secrets_check.ts";
import { checkStore } from "./store_check.ts";

/** The checks that need no network and take no time: every start makes them. */
export function quickChecks(settings: Settings, clock: Clock): Check[] {
  const { agentDir, dataDir } = settings;
  return [
    { name: "agent file", run: () => checkAgent(agentDir) },
    { name: "knowledge", run: () => checkKnowledge(agentDir, clock) },
    {
      name: "prices",
      run: async () => checkPrices(settings, (await agentOf(agentDir))?.budget, clock.wallMs()),
    },
    { name: "secrets", run: () => checkSecrets(settings) },
    { name: "disk", run: () => checkDisk(dataDir) },
    ...settings.kvUrl ? [] : [storeCheck(settings)],
    { name: "model dates", run: () => checkModelDates(settings, clock.wallMs()) },
    { name: "level scale", run: () => checkLevelScale() },
  ];
}

export interface SlowOptions {
  settings: Settings;
  clock: Clock;
  /** Signs the token with which the audio socket is tried. */
  tokenSecret: string;
  engines: EngineSet;
  context: EngineContext;
}

/** The checks that ask others, some of whom take a few cents for it. */
export function slowChecks(options: SlowOptions): Check[] {
  const { settings, clock, engines, context, tokenSecret } = options;
  const { publicUrl, gemini, openai, sautikit } = settings;
  const used = new Set(Object.values(settings.engines).flat());
  const servers = [sautikit.baseUrl];
  if (used.has("gemini")) {
    servers.push(gemini.baseUrl ?? "https://generativelanguage.googleapis.com");
  }
  if (used.has("openai")) {
    servers.push(...Object.values(openai.baseUrls).flatMap((url) => url ?? []));
  }
  return [
    ...settings.kvUrl ? [storeCheck(settings)] : [],
    { name: "clock", run: (signal) => checkClock(servers, clock, signal) },
    { name: "platform key", run: (signal) => checkPlatform(settings, clock, signal) },
    {
      name: "public URL",
      run: (signal) =>
        publicUrl
          ? checkPublicUrl(publicUrl, tokenSecret, clock, signal)
          : yellow("PUBLIC_URL is not set", "set it to where the platform reaches the bridge"),
    },
    { name: "prompts", run: (signal) => checkPrompts(context, signal) },
    ...modelChecks(settings, used),
    ...(["stt", "llm", "tts"] as const).flatMap((stage) => roundTrips(stage, engines, clock)),
  ];
}

/** The SDKs are loaded only where they are used. */
function modelChecks(settings: Settings, used: Set<EngineName>): Check[] {
  const checks: Check[] = [];
  if (used.has("gemini")) {
    checks.push({
      name: "gemini models",
      run: async (signal) => (await import("./gemini_check.ts")).checkGemini(settings, signal),
    });
  }
  if (used.has("openai")) {
    checks.push({
      name: "openai models",
      run: async (signal) => (await import("./openai_check.ts")).checkOpenAi(settings, signal),
    });
  }
  return checks;
}

function roundTrips(stage: Stage, engines: EngineSet, clock: Clock): Check[] {
  // Nothing is kept of what the doctor says, so a voice makes it anew each time.
  return engines.providers(stage).map(({ name, run }) => ({
    name: `${stage} ${name}`,
    run: (signal) => checkRoundTrip(stage, run, clock, signal),
  }));
}

function storeCheck(settings: Settings): Check {
  return { name: "store", run: () => checkStore(settings) };
}

/** The agent, unless its file is wrong, which is another check's finding. */
async function agentOf(agentDir: string): Promise<Agent | undefined> {
  return await loadAgent(agentDir).catch(() => undefined);
}
