import assert from "node:assert/strict";
import { audioPath } from "./app_bridge.ts";

/** Vendors' clients, which only a bridge that uses them may load. */
const CLIENTS = ["@google/genai", "openai"];

/**
 * Starts `main.ts` as `deno task start` does, with clients that announce themselves when they are
 * loaded, has a call answered once it is ready, and lets it end in its own time.
 *
 * @param awaited a client that is loaded for the call, sooner or later
 * @returns the names of the clients that were loaded
 */
async function clientsLoadedBy(
  env: Record<string, string>,
  awaited?: string,
): Promise<string[]> {
  await Deno.mkdir("data", { recursive: true });
  const directory = await Deno.makeTempDir({ dir: "data", prefix: "cold-" });
  const { imports } = JSON.parse(await Deno.readTextFile("deno.json"));
  for (const [name, target] of Object.entries<string>(imports)) {
    imports[`${name}/`] = `${target.replace(/^npm:/, "npm:/")}/`;
  }
  for (const client of CLIENTS) {
    imports[client] = `data:text/javascript,${
      encodeURIComponent(
        `console.log("loaded ${client}"); export class GoogleGenAI {}; export class Live {}; ` +
          `export class ApiError {}; export default class {}`,
      )
    }`;
  }
  const importMap = `${directory}/imports.json`;
  await Deno.writeTextFile(importMap, JSON.stringify({ imports }));
  const bridge = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", `--import-map=${importMap}`],
      ...["--allow-net", "--allow-env", "--allow-read=.", `--allow-write=./data`, "main.ts"],
    ],
    env: { PORT: "0", DATA_DIR: directory, AGENT_DIR: "agent", LOG_LEVEL: "warning", ...env },
    clearEnv: false,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let printed = "", isOver = false;
  bridge.status.then(() => isOver = true);
  const reading = Promise.all([bridge.stdout, bridge.stderr].map(async (stream) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) printed += text;
  }));
  try {
    const story = () => printed;
    const url = await until(() => /ready\s+(\S+)\/readyz/.exec(printed)?.[1], story);
    const document = await until(() => offeredStream(url), story);
    // An answered call gets the engines ready, and greets.
    const socket = new WebSocket(
      url.replace("http", "ws") + audioPath(document),
      "audio.drachtio.org",
    );
    let isGreeted = false;
    socket.onmessage = () => isGreeted = true;
    await until(() => isGreeted || undefined, story);
    const isLoaded = (client: string) => printed.includes(`loaded ${client}`);
    await until(() => !awaited || isLoaded(awaited) || undefined, story);
    const closed = new Promise((resolve) => socket.onclose = resolve);
    socket.close();
    await closed;
    bridge.kill("SIGTERM");
    await bridge.status;
    await reading;
    return CLIENTS.filter(isLoaded);
  } finally {
    if (!isOver) bridge.kill("SIGKILL");
    await bridge.status;
    await reading;
    await Deno.remove(directory, { recursive: true });
  }
}

/** Rings once, as another caller each time; a bridge that has only just started may have no time yet. */
async function offeredStream(url: string): Promise<string | undefined> {
  const caller = crypto.getRandomValues(new Uint32Array(1))[0];
  const response = await fetch(`${url}/voice`, {
    method: "POST",
    body: new URLSearchParams({
      callSessionState: "Ringing",
      sessionId: `HD_${caller.toString(16).padStart(12, "0")}`,
      callerNumber: `+2547${(caller % 1e8).toString().padStart(8, "0")}`,
      destinationNumber: "+254711000000",
      direction: "Inbound",
    }),
  });
  const document = await response.text();
  assert.equal(response.status, 200, document);
  return document.includes("<Stream") ? document : undefined;
}

async function until<T>(
  find: () => T | undefined | Promise<T | undefined>,
  story: () => string,
): Promise<T> {
  const endMs = performance.now() + 30_000;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`Waited in vain:\n${story()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

Deno.test("a bridge with the embedded engine alone loads no vendor's client", async () => {
  const env = { STT: "embedded", LLM: "embedded", TTS: "embedded" };
  assert.deepEqual(await clientsLoadedBy(env), []);
});

Deno.test("a bridge loads the clients of the vendors that it uses, and no others", async () => {
  const server = "http://127.0.0.1:1/v1";
  assert.deepEqual(
    await clientsLoadedBy({
      STT: "openai",
      LLM: "embedded",
      TTS: "embedded",
      OPENAI_BASE_URL: server,
    }, "openai"),
    ["openai"],
  );
  assert.deepEqual(
    await clientsLoadedBy({
      ...{ STT: "embedded", LLM: "gemini", TTS: "embedded" },
      ...{ GEMINI_API_KEY: "k", GEMINI_BASE_URL: server },
    }, "@google/genai"),
    ["@google/genai"],
  );
});
