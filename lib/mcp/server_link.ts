import type { Client } from "@modelcontextprotocol/sdk/client";
import type { McpSettings } from "../agent/agent.ts";
import type { Env } from "../settings/env.ts";
import { withSecrets } from "../http_tools/template.ts";

/** A tool as its server describes it. */
export interface RemoteTool {
  name: string;
  description: string;
  inputSchema: Record<string, unknown>;
}

/** What a server answered to one use of a tool. */
export interface RemoteAnswer {
  failed: boolean;
  text: string;
  data?: Record<string, unknown>;
}

/** One server of the Model Context Protocol, connected when it is first needed. */
export interface ServerLink {
  /** @throws {Error} when the server can't be reached or refuses */
  tools(signal: AbortSignal): Promise<RemoteTool[]>;
  /** @throws {Error} when the server can't be reached or refuses */
  use(name: string, args: Record<string, unknown>, options: UseOptions): Promise<RemoteAnswer>;
  close(): Promise<void>;
}

export interface UseOptions {
  idempotencyKey: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Pages of tools that are read of one server. */
const MAX_PAGES = 10;

/** Makes the link; nothing is loaded or connected before it is used. */
export function linkServer(settings: McpSettings, env: Env): ServerLink {
  let opening: Promise<Client> | undefined;

  async function open(): Promise<Client> {
    const { Client } = await import("@modelcontextprotocol/sdk/client");
    const client = new Client({ name: "pokea", version: "1.0.0" });
    client.onclose = () => opening = undefined;
    await client.connect(await transportFor(settings, env));
    return client;
  }

  /** The client, connected anew when the last try failed or the server went away. */
  function connected(): Promise<Client> {
    opening ??= open().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function ask<T>(request: (client: Client) => Promise<T>): Promise<T> {
    const client = await connected();
    try {
      return await request(client);
    } catch (error) {
      // A server that has started anew knows nothing of this connection.
      if (!(error instanceof Error && error.name === "McpError")) {
        opening = undefined;
        await client.close().catch(() => {});
      }
      throw error;
    }
  }

  return {
    tools: (signal) =>
      ask(async (client) => {
        const tools: RemoteTool[] = [];
        let cursor: string | undefined;
        for (let page = 0; page < MAX_PAGES; page++) {
          const list = await client.listTools({ cursor }, { signal });
          for (const { name, description, inputSchema } of list.tools) {
            tools.push({ name, description: description ?? name, inputSchema });
          }
          cursor = list.nextCursor;
          if (cursor === undefined) break;
        }
        return tools;
      }),
    use: (name, args, { idempotencyKey, timeoutMs, signal }) =>
      ask(async (client) => {
        const meta = { "pokea/idempotency-key": idempotencyKey };
        const answer = await client.callTool(
          { name, arguments: args, _meta: meta },
          undefined,
          { signal, timeout: timeoutMs },
        );
        const content = Array.isArray(answer.content) ? answer.content : [];
        return {
          failed: answer.isError === true,
          text: content.map((part) => (part.type === "text" ? String(part.text) : ""))
            .filter(Boolean).join(" "),
          data: answer.structuredContent as Record<string, unknown> | undefined,
        };
      }),
    async close() {
      const client = await opening?.catch(() => undefined);
      await client?.close();
    },
  };
}

async function transportFor(
  settings: McpSettings,
  env: Env,
): Promise<Parameters<Client["connect"]>[0]> {
  const { url, command, headers } = settings;
  if (url !== undefined) {
    const { StreamableHTTPClientTransport } = await import(
      "@modelcontextprotocol/sdk/client/streamableHttp.js"
    );
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name, withSecrets(text, env)]),
    );
    return new StreamableHTTPClientTransport(new URL(url), {
      // The SDK follows no redirect to another origin, but would to any address of the same one;
      // neither was named.
      requestInit: { headers: sent, redirect: "error" },
      reconnectionOptions: {
        initialReconnectionDelay: 1_000,
        maxReconnectionDelay: 30_000,
        reconnectionDelayGrowFactor: 2,
        maxRetries: 0,
      },
    });
  }
  const { StdioClientTransport } = await import("@modelcontextprotocol/sdk/client/stdio.js");
  const [program, ...args] = command!;
  return new StdioClientTransport({ command: program, args, stderr: "ignore" });
}
