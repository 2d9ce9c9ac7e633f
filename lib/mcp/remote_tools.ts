import type { McpSettings } from "../agent/agent.ts";
import { type Clock, deadline } from "../clock.ts";
import type { Tool } from "../contracts/tool.ts";
import { orAbort } from "../engines/or_abort.ts";
import type { Env } from "../settings/env.ts";
import { secretsOf } from "../http_tools/template.ts";
import { linkServer, type RemoteTool, type ServerLink } from "./server_link.ts";

/** How long a server may take to say what it offers; the line does not wait for it. */
const LIST_TIMEOUT_MS = 5_000;
/** Between two tries to reach a server that is down, doubled each time. */
const RETRY_MS = 5_000;
const MAX_RETRY_MS = 300_000;

export interface RemoteToolsOptions {
  clock: Clock;
  env: Env;
  log: { info(message: string): void; warn(message: string): void };
  /** Told when the tools on offer have changed. */
  onChange?(tools: Tool[]): void;
}

/** Tools of servers that the agent file names, as far as they can be reached. */
export interface RemoteTools {
  readonly tools: Tool[];
  /** Resolves when every server was tried once. */
  tried: Promise<void>;
  close(): Promise<void>;
}

/** Reaches the servers in the background; one that is down is tried again until it is up. */
export function offerRemoteTools(
  servers: McpSettings[],
  options: RemoteToolsOptions,
): RemoteTools {
  const { clock, env, log, onChange } = options;
  const offered = new Map<string, Tool[]>();
  const ending = new AbortController();
  const links: ServerLink[] = [];
  const cancels = new Set<() => void>();
  const tools = () => servers.flatMap(({ name }) => offered.get(name) ?? []);

  async function reach(server: McpSettings, link: ServerLink, retryMs: number): Promise<void> {
    const limit = deadline(clock, LIST_TIMEOUT_MS, ending.signal);
    try {
      const found = await orAbort(link.tools(limit.signal), limit.signal);
      offered.set(server.name, await allowed(server, found, link, log));
      log.info(`MCP server ${server.name} offers ${offered.get(server.name)!.length} tools`);
      onChange?.(tools());
    } catch (error) {
      if (ending.signal.aborted) return;
      log.warn(
        `MCP server ${server.name} can't be reached, its tools are not offered: ${
          messageOf(error)
        }`,
      );
      const cancel = clock.at(clock.now() + retryMs, () => {
        cancels.delete(cancel);
        void reach(server, link, Math.min(retryMs * 2, MAX_RETRY_MS));
      });
      cancels.add(cancel);
    } finally {
      limit.clear();
    }
  }

  const tried = Promise.all(servers.map((server) => {
    for (const name of Object.values(server.headers).flatMap(secretsOf)) {
      if (!env[name]) log.warn(`MCP server ${server.name} needs ${name}, which is not set`);
    }
    const link = linkServer(server, env);
    links.push(link);
    return reach(server, link, RETRY_MS);
  })).then(() => {});
  return {
    get tools() {
      return tools();
    },
    tried,
    async close() {
      ending.abort(new DOMException("The bridge ends", "AbortError"));
      for (const cancel of cancels) cancel();
      await tried;
      await Promise.all(links.map((link) => link.close()));
    },
  };
}

/** The server's tools that the agent file names; all others do not exist for a caller. */
async function allowed(
  { name, tools }: McpSettings,
  found: RemoteTool[],
  link: ServerLink,
  log: RemoteToolsOptions["log"],
): Promise<Tool[]> {
  // Loaded only where a server is named, like all that speaks its protocol.
  const { remoteTool } = await import("./remote_tool.ts");
  return tools.flatMap((settings) => {
    const remote = found.find((one) => one.name === settings.name);
    try {
      if (remote) return [remoteTool(name, remote, settings, link)];
      log.warn(`MCP server ${name} has no tool ${settings.name}, which agent.yaml names`);
    } catch (error) {
      log.warn(messageOf(error));
    }
    return [];
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
