import type { ToolSpec } from "../contracts/llm.ts";
import type { Tool } from "../contracts/tool.ts";
import { parametersSchema } from "./parameters_schema.ts";

/** The tools of an agent, by name. */
export interface ToolCatalog {
  readonly tools: readonly Tool[];
  /** The tools as a model sees them, in the order given. */
  specs(): ToolSpec[];
  get(name: string): Tool | undefined;
}

/** More tools make language models choose badly and requests slow. */
export const MAX_TOOLS = 64;

/**
 * Checks and collects tools.
 *
 * @throws {TypeError} naming the tool that is not safe or not well formed
 */
export function createToolCatalog(tools: Tool[]): ToolCatalog {
  if (tools.length > MAX_TOOLS) {
    throw new TypeError(
      `Cannot make the tool catalog: tools must be at most ${MAX_TOOLS}: received ${tools.length}`,
    );
  }
  const byName = new Map<string, Tool>();
  const specs = tools.map((tool) => {
    const fail = (rule: string, received: unknown) => {
      throw new TypeError(
        `Cannot add tool ${JSON.stringify(tool.name)}: ${rule}: received ${
          JSON.stringify(received)
        }`,
      );
    };
    if (!/^[a-z][a-z0-9_]{1,62}$/.test(tool.name)) {
      fail("name must be 2 to 63 letters, digits and underscores, a letter first", tool.name);
    }
    if (byName.has(tool.name)) fail("name must be unique", tool.name);
    if (!tool.description.trim()) fail("description must not be empty", tool.description);
    if (tool.effect !== "read" && !tool.confirm) {
      fail("a tool that changes something must have a confirm text", tool.effect);
    }
    // A caller's number can be forged, so it must never be enough to change something.
    if (tool.effect !== "read" && tool.identity === "number") {
      fail("identity of a write must be none, fact or code", tool.identity);
    }
    const spec = toolSpec(tool);
    if (spec.parameters.type !== "object") {
      fail("parameters must be an object", spec.parameters.type);
    }
    byName.set(tool.name, tool);
    return spec;
  });
  return {
    tools: [...byName.values()],
    specs: () => structuredClone(specs),
    get: (name) => byName.get(name),
  };
}

function toolSpec(tool: Tool): ToolSpec {
  const parameters = parametersSchema(tool, false);
  return { name: tool.name, description: tool.description, parameters };
}
