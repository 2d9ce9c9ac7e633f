import type { Agent } from "../agent/agent.ts";
import type { Clock } from "../clock.ts";
import type { Tool } from "../contracts/tool.ts";
import type { Env } from "../settings/env.ts";
import { loadHttpTools } from "../http_tools/load_tools.ts";
import { offerRemoteTools } from "../mcp/remote_tools.ts";
import { createToolCatalog, type ToolCatalog } from "./tool_catalog.ts";

export interface AgentToolsOptions {
  agent: Agent;
  agentDir: string;
  /** Those in TypeScript. */
  own: Tool[];
  /** Stands around every tool. */
  around?(tool: Tool): Tool;
  /** Where secrets come from. */
  env: Env;
  clock: Clock;
  log: { info(message: string): void; warn(message: string): void };
}

/** Everything that the model of one agent may call. */
export interface AgentTools {
  /** Those that are there from the start: in TypeScript and in YAML. */
  readonly tools: Tool[];
  /** All of them; grows when a server of tools comes up, so each call takes it anew. */
  readonly catalog: ToolCatalog;
  /** Resolves when every server was tried once. */
  tried: Promise<void>;
  close(): Promise<void>;
}

/**
 * Puts an agent's tools together, whatever they are written in.
 *
 * @throws {ToolFileError} when a tool in YAML is wrong
 * @throws {TypeError} when two have one name, or one is not safe
 */
export async function openAgentTools(options: AgentToolsOptions): Promise<AgentTools> {
  const { agent, agentDir, own, around = (tool) => tool, env, log } = options;
  const written = await loadHttpTools(`${agentDir}/tools`, {
    env,
    hosts: agent.tools.hosts,
    languages: agent.languages,
  });
  const tools = [...own, ...written].map(around);
  let catalog = createToolCatalog(tools);
  const remote = offerRemoteTools(agent.mcp, {
    ...options,
    onChange(found) {
      try {
        catalog = createToolCatalog([...tools, ...found.map(around)]);
      } catch (error) {
        log.warn(`Tools of MCP servers are not offered: ${(error as Error).message}`);
      }
    },
  });
  return {
    tools,
    get catalog() {
      return catalog;
    },
    tried: remote.tried,
    close: () => remote.close(),
  };
}

/** Names what a call was about, by its tool or its topic: "your bill". */
export function topicNames(
  catalog: () => ToolCatalog,
  passages: () => { topic: string; title: string; language: string }[],
): (intent: string, language: string) => string | undefined {
  return (intent, language) => {
    const about = catalog().get(intent)?.about;
    if (about) return about[language] ?? about.en;
    const title = passages().find((one) => one.topic === intent && one.language === language)
      ?.title;
    // In the middle of a sentence, unless it begins with a name such as M-Pesa.
    return title?.replace(/^\p{Lu}(?=\p{Ll}+(?:\s|$))/u, (letter) => letter.toLowerCase());
  };
}
