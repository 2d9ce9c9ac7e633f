import { createSampleCompany } from "../../lib/backends/sample_company.ts";
import { startBridge } from "../../lib/bridge.ts";
import { SAMPLE_RATE_HZ } from "../../lib/audio/pcm.ts";
import { systemClock } from "../../lib/clock.ts";
import { loadEnv } from "../../lib/settings/env.ts";
import { readSettings } from "../../lib/settings.ts";
import { KILL_LINES } from "./kill_lines.ts";
import { modelledEngine } from "../modelled_engine.ts";
import { routerTool } from "../router_tool.ts";
import { syntheticSpeech } from "../synthetic_speech.ts";

// The whole bridge with an engine that knows its caller's lines by heart, to be killed.

const settings = readSettings(loadEnv());
/** How long the company's system takes to restart a router; some kills fall within it. */
const WRITE_MS = 500;
const SAMPLES_PER_CHARACTER = 640;
/** Samples above this are speech, and so are this many of a caller's. */
const VOICED = 300;
const VOICED_SHARE = 0.85;
/** Speech is made once: whoever makes it in a call is late for all others. */
const SPEECH = syntheticSpeech(10_000, { pitchHz: 210 });

const engine = modelledEngine({
  clock: systemClock,
  hears(samples) {
    const voicedMs = voicedMsOf(samples);
    return KILL_LINES.toSorted((a, b) => distance(a, voicedMs) - distance(b, voicedMs))[0].text;
  },
  says({ messages }) {
    const last = messages.at(-1);
    return last?.role === "caller" && /router/.test(last.text)
      ? { calls: [{ name: "restart_router", args: {} }] }
      : { text: "Is there anything else?" };
  },
  sounds: (text) => SPEECH.subarray(0, text.length * SAMPLES_PER_CHARACTER),
  pieceSamples: SAMPLE_RATE_HZ,
});

function voicedMsOf(samples: Int16Array): number {
  let voiced = 0;
  for (const sample of samples) if (Math.abs(sample) > VOICED) voiced++;
  return voiced / SAMPLE_RATE_HZ * 1000;
}

function distance({ ms }: { ms: number }, voicedMs: number): number {
  return Math.abs(ms * VOICED_SHARE - voicedMs);
}

const restartRouter = routerTool(async ({ callId, idempotencyKey }) => {
  await note("writes", `${callId} ${idempotencyKey}`);
  await systemClock.until(systemClock.now() + WRITE_MS);
});

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
  tools: () => [restartRouter],
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
