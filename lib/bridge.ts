import { getLogger } from "@logtape/logtape";
import { type Agent, loadAgent } from "./agent_file.ts";
import { openAgentTools, topicNames } from "./actions/agent_tools.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Backend } from "./contracts/backend.ts";
import type { CallEvent } from "./contracts/call_event.ts";
import type { Tool } from "./contracts/tool.ts";
import type { EngineFactory } from "./engines/engine.ts";
import { loadPrices } from "./costs/price_file.ts";
import { EngineSet } from "./engines/engine_set.ts";
import { Ladder } from "./engines/ladder.ts";
import { loadEnv } from "./settings/env.ts";
import { loadKnowledge } from "./knowledge.ts";
import { keepFresh } from "./knowledge/keep_fresh.ts";
import { createPlatformClient } from "./platform/rest_client.ts";
import { serve } from "./server/serve.ts";
import type { EngineName, Settings } from "./settings.ts";
import { openStore } from "./store/kv_store.ts";
import { ResilientStore } from "./store/resilient_store.ts";
import { openSwitchboard } from "./server/switchboard.ts";
import { keepTokenSecret } from "./server/token_secret.ts";

/** What `main.ts` chooses: who can hear, think and speak, and what the model may do. */
export interface BridgeParts {
  engines: Record<EngineName, EngineFactory>;
  /** The tools; some look things up in the company's knowledge. */
  tools(knowledge: Awaited<ReturnType<typeof loadKnowledge>>): Tool[];
  /** Stands around every tool, those in YAML and of servers included; absent when none does. */
  around?(tool: Tool): Tool;
  backend(settings: Settings, clock: Clock): Backend;
}

export interface BridgeOptions {
  clock?: Clock;
  hostname?: string;
  /** Aborted to finish running calls and end. */
  drain?: AbortSignal;
  /** Aborted to end at once. */
  stop?: AbortSignal;
  /** Told of everything that happens in every call. */
  onEvent?(event: CallEvent): void;
}

export interface Bridge {
  url: string;
  agent: Agent;
  /** Loads what the first call would have to wait for, and waits until there is time for it. */
  ready(): Promise<void>;
  /** Resolves when it serves no more. */
  finished: Promise<void>;
  /** Ends every call and frees everything. */
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A call that ends at its limit says goodbye first. */
const OVERTIME_MS = 15_000;

/**
 * Starts a bridge and resolves when it listens.
 *
 * @throws {AgentFileError}, {KnowledgeError} or {PriceFileError} when what the team edits is wrong
 */
export async function startBridge(
  settings: Settings,
  parts: BridgeParts,
  options: BridgeOptions = {},
): Promise<Bridge> {
  const clock = options.clock ?? systemClock;
  const log = getLogger("pokea");
  const note = {
    info: (message: string) => log.info(message),
    warn: (message: string) => log.warn(message),
  };
  const agent = await loadAgent(settings.agentDir);
  const knowledge = await loadKnowledge(`${settings.agentDir}/knowledge`, { clock });
  const prices = await loadPrices(settings.agentDir);
  const tokenSecret = settings.tokenSecret ?? await keepTokenSecret(settings.dataDir);
  const backend = parts.backend(settings, clock);
  const agentTools = await openAgentTools({
    agent,
    agentDir: settings.agentDir,
    own: parts.tools(knowledge),
    around: parts.around,
    env: loadEnv(),
    clock,
    log: note,
  });
  const refresh = keepFresh(knowledge, clock, note);
  const keepMs = agent.privacy.retentionDays * DAY_MS;

  const store = new ResilientStore({
    open: () =>
      openStore({
        clock,
        path: `${settings.dataDir}/calls.kv`,
        url: settings.kvUrl,
        keepMs,
      }),
    clock,
    log: note,
    keepMs,
  });
  await Deno.mkdir(settings.dataDir, { recursive: true });
  await store.start();

  const { apiKey, baseUrl } = settings.sautikit;
  const client = apiKey ? createPlatformClient({ apiKey, baseUrl, clock }) : undefined;
  const engines = new EngineSet(
    parts.engines,
    { settings, agent, knowledge, tools: agentTools.tools, areas: await areasOf(backend), clock },
    (message, error) => log.warn(`${message}: {error}`, { error }),
  );
  const ladder = new Ladder(engines, clock);
  const ending = new AbortController();
  const switchboard = await openSwitchboard({
    settings,
    agent,
    tokenSecret,
    store,
    client,
    prices,
    clock,
    log,
    engines: (watch) =>
      ladder.forCall({
        fallback: (...told) => watch.fallback?.(...told),
        usage: (...told) => watch.usage?.(...told),
        fault(stage, provider, error) {
          watch.fault?.(stage, provider, error);
          // The vendor's own words may hold the caller's, so they stay in the call's record.
          log.warn("{provider} ({stage}) failed: {fault}", {
            provider,
            stage,
            fault: error.fault,
          });
          engines.warmAll(ending.signal);
        },
      }),
    enginesAreDown: () => ladder.isDown,
    engineNames: {
      stt: settings.engines.stt[0],
      llm: settings.engines.llm[0],
      tts: settings.engines.tts[0],
    },
    get catalog() {
      return agentTools.catalog;
    },
    backend,
    knowledge,
    topicOf: topicNames(() => agentTools.catalog, () => knowledge.passages()),
    onAnswer: async () => {
      await Promise.all([engines.warm(ending.signal), refresh()]);
    },
    onEvent: options.onEvent,
  }).catch((error) => {
    store.close();
    throw error;
  });

  const listening = Promise.withResolvers<string>();
  const served = serve(switchboard.app, switchboard.deps, {
    port: settings.port,
    hostname: options.hostname,
    drain: AbortSignal.any([ending.signal, ...(options.drain ? [options.drain] : [])]),
    stop: AbortSignal.any([ending.signal, ...(options.stop ? [options.stop] : [])]),
    endCalls: switchboard.endCalls,
    drainMs: agent.maxCallMs + OVERTIME_MS,
    onClosed: switchboard.end,
    onListen: ({ port }) => listening.resolve(`http://127.0.0.1:${port}`),
  });
  const finished = served.finally(async () => {
    await switchboard.close();
    await engines.close();
    await agentTools.close();
    store.close();
  });
  const url = await Promise.race([
    listening.promise,
    finished.then(() => {
      throw new Error("Cannot serve: the bridge ended before it listened");
    }),
  ]);
  switchboard.deps.background.run(async () => {
    const { made, failed } = await engines.keepPrompts(ending.signal).catch((error) => {
      if (ending.signal.aborted) return { made: 0, failed: 0 };
      throw error;
    });
    if (made + failed > 0) log.info("kept {made} prompts, {failed} failed", { made, failed });
  });
  return {
    url,
    agent,
    ready: async () => {
      await engines.warm(ending.signal);
      await switchboard.deps.admission.hasTime();
    },
    finished,
    close() {
      ending.abort();
      return finished;
    },
  };
}

/** Areas are only worth recognising better; a backend that is down must not stop the line. */
async function areasOf(backend: Backend): Promise<string[]> {
  try {
    return await backend.areas(AbortSignal.timeout(3000));
  } catch {
    return [];
  }
}
