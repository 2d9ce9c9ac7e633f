import { readWav } from "../lib/audio/wav.ts";
import { FRAME_SAMPLES, levelDbfs, SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";
import { systemClock } from "../lib/clock.ts";
import { readCallOptions } from "../lib/commands/call_options.ts";
import { CallScreen } from "../lib/commands/call_screen.ts";
import { createInk } from "../lib/commands/ink.ts";
import { callWithPhone } from "../lib/commands/phone.ts";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import type { LegEntry } from "../lib/simulator/leg_log.ts";
import { start } from "../main.ts";
import type { GeminiLivePeer } from "./gemini_live_peer.ts";
import { chunk, type GeminiScript, type GeminiServer, startGeminiServer } from "./gemini_server.ts";
import { type OpenAiScript, type OpenAiServer, startOpenAiServer } from "./openai_server.ts";

export interface EngineCallOptions {
  /** Engines of each stage, as the settings name them: `STT: "openai"`. */
  env: Record<string, string>;
  /** What the caller says, as behind `deno task call`. */
  args: string[];
  gemini?: GeminiScript;
  openai?: OpenAiScript;
  /** Told when the caller begins a line, by how many there were before. */
  onLine?(count: number): void;
  /** @default ["en"] */
  languages?: string[];
  /** More lines of `agent.yaml`. */
  agentYaml?: string;
}

/** What became of one call, on both ends of the line and at the vendors' doors. */
export interface EngineCall {
  events: CallEvent[];
  entries: LegEntry[];
  problems: string[];
  gemini: GeminiServer;
  openai: OpenAiServer;
  /** The caller's side and what they heard, at 16 kHz. */
  said: Int16Array;
  heard: Int16Array;
  /** All sentences of the agent, in order. */
  sentences: string[];
  /** Everything on the screen. */
  screen: string;
}

/** A recogniser is only believed to have listened when it got this much sound, this loud. */
const LEAST_SAMPLES = SAMPLE_RATE_HZ / 4;
const LEAST_DBFS = -40;
const MAX_TRIES = 3;

/** Company and prices of the sample agent, with a short greeting that costs a test little time. */
async function makeAgent(directory: string, languages: string[], more: string): Promise<void> {
  await Deno.mkdir(`${directory}/knowledge`, { recursive: true });
  for (const name of ["company.yaml", "prices.yaml", "knowledge/plans.en.md"]) {
    await Deno.copyFile(`agent/${name}`, `${directory}/${name}`);
  }
  const greeting = {
    en: "Hello, how can I help?",
    sw: "Habari, nikusaidie vipi?",
    fr: "Bonjour !",
  };
  await Deno.writeTextFile(
    `${directory}/agent.yaml`,
    `name: Pepo
company: Upepo Fibre
languages: [${languages.join(", ")}]
greeting: ${JSON.stringify(greeting)}
hand_over: { number: "+254700000100" }
${more}`,
  );
}

/**
 * Places a call with `deno task call`'s own code: a simulated phone and platform, the whole bridge
 * of `main.ts`, and vendors behind loopback sockets, all in real time. The vendors' recognisers know
 * the caller's lines by heart and own up to them only when they got sound; the embedded ones listen.
 */
export async function placeCall(options: EngineCallOptions): Promise<EngineCall> {
  for (let tried = 1;; tried++) {
    const call = await placeOnce(options);
    const isLed = call.entries.some(({ type }) => type === "stream_open");
    // A bridge that has only just started on a busy machine may have no time for a call yet.
    if (isLed || tried === MAX_TRIES || options.args.includes("--url")) return call;
  }
}

async function placeOnce(options: EngineCallOptions): Promise<EngineCall> {
  const { languages = ["en"], agentYaml = "" } = options;
  const directory = await Deno.makeTempDir();
  await makeAgent(`${directory}/agent`, languages, agentYaml);
  const entries: LegEntry[] = [];
  const events: CallEvent[] = [];
  const lines: string[] = [];
  let words = "", lineCount = 0;
  const screen = new (class extends CallScreen {
    override entry(entry: LegEntry): void {
      entries.push(entry);
      if (entry.type === "line_begins") {
        words = wordsOf(entry.text);
        options.onLine?.(lineCount++);
      }
      super.entry(entry);
    }
    override event(event: CallEvent, atMs: number): void {
      events.push(event);
      super.event(event, atMs);
    }
  })((line) => lines.push(line), createInk(false));
  const gemini = startGeminiServer(geminiByHeart(() => words, options.gemini));
  const openai = startOpenAiServer(openAiByHeart(() => words, options.openai));
  try {
    const out = `${directory}/out`;
    const { report } = await callWithPhone({
      options: readCallOptions([...options.args, "--out", out])!,
      start,
      env: {
        GEMINI_API_KEY: "k",
        GEMINI_BASE_URL: gemini.baseUrl,
        OPENAI_BASE_URL: openai.baseUrl,
        OPENAI_LLM_MODEL: "own",
        AGENT_DIR: `${directory}/agent`,
        ...options.env,
      },
      clock: systemClock,
      screen,
      signal: new AbortController().signal,
    });
    const { channels: [said, heard] } = readWav(await Deno.readFile(`${out}/call.wav`));
    return {
      events,
      entries,
      problems: report.problems,
      gemini,
      openai,
      said,
      heard,
      sentences: events.flatMap((event) => event.type === "agent_sentence" ? [event.text] : []),
      screen: lines.join("\n"),
    };
  } finally {
    await gemini.close();
    await openai.close();
    await Deno.remove(directory, { recursive: true });
  }
}

/**
 * The longest time in which neither side made a sound, from the first sound of the caller on until
 * the last sound of the agent.
 */
export function longestSilenceMs({ said, heard }: EngineCall): number {
  const isLoud = (samples: Int16Array, at: number) =>
    levelDbfs(samples.subarray(at, at + FRAME_SAMPLES)) > LEAST_DBFS;
  let longest = 0, silentSince: number | undefined;
  for (let at = 0; at < heard.length; at += FRAME_SAMPLES) {
    const heardNow = isLoud(heard, at);
    if (!heardNow && !isLoud(said, at)) continue;
    // What the caller leaves silent before speaking is their own affair.
    if (silentSince !== undefined && heardNow) longest = Math.max(longest, at - silentSince);
    silentSince = at + FRAME_SAMPLES;
  }
  return longest / SAMPLE_RATE_HZ * 1000;
}

/** The words of a caller's line without what the caller does beside speaking. */
function wordsOf(line: string): string {
  return line.replace(/\[[^\]]*\]/g, " ").replace(/\s+/g, " ").trim();
}

function isSpeech(samples: Int16Array): boolean {
  return samples.length >= LEAST_SAMPLES && levelDbfs(samples) > LEAST_DBFS;
}

function geminiByHeart(words: () => string, script: GeminiScript = {}): GeminiScript {
  return {
    ...script,
    async answer(exchange, requests) {
      const scripted = await script.answer?.(exchange, requests);
      if (scripted || !exchange.path.endsWith(":generateContent")) return scripted;
      const wav = Uint8Array.fromBase64(exchange.body.contents[0].parts[0].inlineData.data);
      const text = isSpeech(readWav(wav).channels[0]) ? words() : "";
      return requests.json(exchange, chunk([{ audioTranscription: { text } }], "STOP"));
    },
    live: {
      ...script.live,
      intercept(peer, message) {
        if (script.live?.intercept?.(peer, message)) return true;
        if (!message.realtimeInput?.activityEnd) return false;
        finish(peer, isSpeech(peer.heard) ? words() : "");
        return true;
      },
    },
  };
}

function finish(peer: GeminiLivePeer, text: string): void {
  peer.send({ serverContent: {}, voiceActivity: { type: "ACTIVITY_END", audioOffset: "1s" } });
  if (!text) return;
  peer.send({ serverContent: { inputTranscription: { text, languageCode: "en-US" } } });
  peer.send({ serverContent: { generationComplete: true } });
}

function openAiByHeart(words: () => string, script: OpenAiScript = {}): OpenAiScript {
  return {
    ...script,
    async answer(exchange, requests) {
      const scripted = await script.answer?.(exchange, requests);
      if (scripted) return scripted;
      if (!exchange.path.endsWith("/transcriptions")) return undefined as never;
      const file = exchange.form!.get("file") as File;
      const { channels } = readWav(new Uint8Array(await file.arrayBuffer()));
      return requests.json(exchange, { text: isSpeech(channels[0]) ? words() : "" });
    },
  };
}
