import assert from "node:assert/strict";
import { dirname, join } from "node:path/posix";

/**
 * The layers, from the leaves up. A file of `lib/` belongs to the first entry that is its path or a
 * folder above it, and imports only from its own layer and lower ones.
 */
const LAYERS: string[][] = [
  ["clock.ts", "audio", "contracts/expect.ts", "actions/by_language.ts", "engines/or_abort.ts"],
  ["contracts", "languages", "privacy", "settings/env.ts", "settings/problems_error.ts"],
  [
    "server/problem.ts",
    "agent",
    "agent_file.ts",
    "settings/checked_yaml.ts",
    "settings/issue_text.ts",
    "settings/real_date.ts",
    "settings/yaml_block.ts",
    "settings/yaml_text.ts",
    "knowledge",
    "knowledge.ts",
  ],
  ["platform", "settings", "settings.ts", "log.ts", "backends"],
  ["hearing", "speaking", "store", "actions", "http_tools", "mcp", "costs", "simulator"],
  ["providers", "engines"],
  ["call", "call.ts", "hand_over", "outcomes", "reports"],
  ["line.ts", "server", "routes", "app.ts"],
  ["bridge.ts"],
  ["doctor", "scenarios", "commands"],
];

function layerOf(path: string): number {
  const exact = LAYERS.findIndex((layer) => layer.includes(path));
  if (exact >= 0) return exact;
  return LAYERS.findIndex((layer) => layer.includes(path.split("/")[0]));
}

async function* sources(directory: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(directory)) {
    const path = `${directory}/${name}`;
    if (isDirectory) yield* sources(path);
    else if (name.endsWith(".ts")) yield path;
  }
}

/** Relative imports of a file, as paths from the project's folder. */
async function importsOf(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(path);
  const found = text.matchAll(/(?:from|import|import\()\s*"(\.[^"]+)"/g);
  return [...found].map(([, target]) => join(dirname(path), target));
}

Deno.test("a module imports only from its own layer or a lower one", async () => {
  const wrong: string[] = [];
  for await (const path of sources("lib")) {
    const own = layerOf(path.slice(4));
    if (own < 0) wrong.push(`${path} belongs to no layer`);
    for (const target of await importsOf(path)) {
      if (!target.startsWith("lib/")) continue;
      const layer = layerOf(target.slice(4));
      if (layer > own) wrong.push(`${path} (${own}) imports ${target} (${layer})`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("a vendor is known to main.ts, its own folder and its own check alone", async () => {
  const wrong: string[] = [];
  for await (const path of sources("lib")) {
    const vendor = /^lib\/(?:providers|doctor)\/(gemini|openai)[/_]/.exec(path)?.[1];
    for (const target of await importsOf(path)) {
      const other = /^lib\/providers\/(gemini|openai)\//.exec(target)?.[1];
      if (other && other !== vendor) wrong.push(`${path} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("tools/ know only contracts and leaves, and nothing imports in a circle", async () => {
  const graph = new Map<string, string[]>();
  for await (const path of sources("lib")) graph.set(path, await valueImportsOf(path));
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): void => {
    assert.ok(!trail.includes(path), `a circle: ${[...trail, path].join(" → ")}`);
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  for await (const path of sources("tools")) {
    for (const target of await importsOf(path)) {
      const allowed = /^(lib\/(contracts|actions|languages|knowledge|speaking)|tools)\b/;
      assert.match(target, allowed, `${path}: ${target}`);
    }
  }
});

/** Imports that exist at run time: types may refer to each other. */
async function valueImportsOf(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(path);
  const found = text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "(\.[^"]+)"/gm);
  return [...found].map(([, target]) => join(dirname(path), target));
}
