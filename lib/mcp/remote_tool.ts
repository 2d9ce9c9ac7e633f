import type { McpToolSettings } from "../agent/agent.ts";
import { byLanguage } from "../actions/by_language.ts";
import type { Tool } from "../contracts/tool.ts";
import { fill } from "../http_tools/template.ts";
import { remoteParameters } from "./remote_parameters.ts";
import type { RemoteTool, ServerLink } from "./server_link.ts";

/** Time that a server has for one use when the agent file names none. */
export const REMOTE_TIMEOUT_MS = 4_000;

/**
 * Makes a server's tool one of ours: the effect, the identity and the question are the agent file's,
 * never the server's own word.
 *
 * @throws {TypeError} when its parameters can't be checked
 */
export function remoteTool(
  server: string,
  remote: RemoteTool,
  settings: McpToolSettings,
  link: ServerLink,
): Tool {
  const { confirm, timeoutMs = REMOTE_TIMEOUT_MS } = settings;
  return {
    name: toolName(server, remote.name),
    description: remote.description.slice(0, 1_000),
    parameters: remoteParameters(remote),
    effect: settings.effect,
    identity: settings.identity,
    timeoutMs,
    ...(confirm && {
      confirm: (args, language) =>
        fill(byLanguage({ en: Object.values(confirm)[0], ...confirm }, language), args),
    }),
    async run(args, { idempotencyKey, signal }) {
      const { failed, text, data } = await link.use(remote.name, args, {
        idempotencyKey,
        timeoutMs,
        signal,
      });
      if (failed) throw new Error(`Cannot use ${remote.name}: ${text.slice(0, 200)}`);
      return { data: data ?? { text }, say: text };
    },
  };
}

/** `crm_get_bill`, of a server's name and whatever it calls its tool. */
export function toolName(server: string, name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return `${server}_${plain}`.slice(0, 63);
}
