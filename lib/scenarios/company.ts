import type { Agent } from "../agent/agent.ts";
import { type AgentTools, openAgentTools, topicNames } from "../actions/agent_tools.ts";
import { loadAgent } from "../agent_file.ts";
import type { BridgeParts } from "../bridge.ts";
import type { Llm } from "../contracts/llm.ts";
import { systemClock } from "../clock.ts";
import { loadEnv } from "../settings/env.ts";
import { type Engine, lazyEngine } from "../engines/engine.ts";
import { type Knowledge, loadKnowledge } from "../knowledge.ts";
import { veiled } from "../privacy/veil.ts";
import type { EngineName, Settings } from "../settings.ts";

/** The agent under test with all that it knows; scenarios share it. */
export interface Company {
  settings: Settings;
  parts: BridgeParts;
  agent: Agent;
  knowledge: Knowledge;
  /** Tools in TypeScript, in YAML and of MCP servers. */
  tools: AgentTools;
  /** Names what a call was about. */
  topicOf(intent: string, language: string): string | undefined;
  engineName: EngineName;
  engine: Required<Engine>;
  /** Hides personal numbers from a model that runs elsewhere, as in a real call. */
  veil(llm: Llm): Llm;
  /** Speech of which pieces stand for words in text mode. */
  speech: Int16Array;
  close(): Promise<void>;
}

/**
 * Reads what the team edits, and gets the engine ready that thinks.
 *
 * @param speech of {@linkcode makeSpeechShape}
 * @param moreKnowledge one more knowledge file, as text
 * @throws {AgentFileError}, {KnowledgeError} or {ToolFileError} when a file is wrong
 */
export async function openCompany(
  settings: Settings,
  parts: BridgeParts,
  speech: Int16Array,
  moreKnowledge?: string,
): Promise<Company> {
  const agent = await loadAgent(settings.agentDir);
  const knowledge = await knowledgeOf(settings.agentDir, moreKnowledge);
  const tools = await openAgentTools({
    agent,
    agentDir: settings.agentDir,
    own: parts.tools(knowledge),
    env: loadEnv(),
    clock: systemClock,
    log: { info() {}, warn() {} },
  });
  await tools.tried;
  const backend = parts.backend(settings, systemClock);
  const areas = await backend.areas(AbortSignal.timeout(3_000)).catch(() => []);
  const [engineName] = settings.engines.llm;
  const context = { settings, agent, knowledge, tools: tools.tools, areas, clock: systemClock };
  const engine = lazyEngine(() => parts.engines[engineName](context));
  return {
    settings,
    parts,
    agent,
    knowledge,
    tools,
    topicOf: topicNames(() => tools.catalog, () => knowledge.passages()),
    engineName,
    engine,
    veil: (llm) => engineName === "embedded" ? llm : veiled(llm, agent.privacy.mask),
    speech,
    async close() {
      await engine.close();
      await tools.close();
    },
  };
}

/** The directory's knowledge, with one more file for as long as it is read. */
async function knowledgeOf(agentDir: string, more?: string): Promise<Knowledge> {
  const directory = `${agentDir}/knowledge`;
  if (more === undefined) return await loadKnowledge(directory, { clock: systemClock });
  const both = await Deno.makeTempDir({ prefix: "pokea-knowledge-" });
  try {
    for await (const { name, isFile } of Deno.readDir(directory)) {
      if (isFile) await Deno.copyFile(`${directory}/${name}`, `${both}/${name}`);
    }
    await Deno.writeTextFile(`${both}/scenario.md`, more);
    return await loadKnowledge(both, { clock: systemClock });
  } finally {
    await Deno.remove(both, { recursive: true });
  }
}
