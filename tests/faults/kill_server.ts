import { z } from "zod";
import { createSampleCompany } from "../../lib/backends/sample_company.ts";
import { startBridge } from "../../lib/bridge.ts";
import type { Tool } from "../../lib/contracts/tool.ts";
import type { Engine } from "../../lib/engines/engine.ts";
import { loadEnv } from "../../lib/settings/env.ts";
import { readSettings } from "../../lib/settings.ts";
import { KILL_LINES } from "./kill_lines.ts";
import { syntheticSpeech } from "../synthetic_speech.ts";

// The whole bridge with an engine that knows its caller's lines by heart, to be killed.

const settings = readSettings(loadEnv());
let heard = 0;

const engine: Engine = {
  async *stt(audio) {
    for await (const _ of audio);
    yield { type: "final", text: KILL_LINES[Math.min(heard++, KILL_LINES.length - 1)] };
  },
  async *llm({ messages }) {
    const last = messages.at(-1);
    if (last?.role === "caller" && /router/.test(last.text)) {
      yield { type: "tool_call", call: { id: "1", name: "restart_router", args: {} } };
      yield { type: "end", reason: "tool_calls" };
    } else {
      yield { type: "text", text: "Is there anything else?" };
      yield { type: "end", reason: "stop" };
    }
  },
  async *tts(text) {
    yield syntheticSpeech(text.length * 40, { pitchHz: 210 });
  },
};

const parameters = z.strictObject({});
const restartRouter: Tool<z.infer<typeof parameters>> = {
  name: "restart_router",
  description: "Restarts a router",
  parameters,
  effect: "write",
  identity: "none",
  confirm: () => "Shall I restart your router now?",
  async run(_, { idempotencyKey }) {
    await note("writes", idempotencyKey);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { data: { done: true }, say: "Your router starts again." };
  },
};

/** What outside systems keep does not die with us. */
function note(file: string, line: string): Promise<void> {
  return Deno.writeTextFile(`${settings.dataDir}/${file}`, line + "\n", { append: true });
}

const bridge = await startBridge(settings, {
  engines: {
    embedded: () => Promise.resolve(engine),
    gemini: () => Promise.resolve(engine),
    openai: () => Promise.resolve(engine),
  },
  tools: () => [restartRouter as Tool],
  backend: (_, clock) => {
    const company = createSampleCompany(clock);
    return {
      ...company,
      async openTicket(ticket, signal) {
        await note("tickets", ticket.idempotencyKey);
        return await company.openTicket(ticket, signal);
      },
    };
  },
});
console.log(bridge.url);
