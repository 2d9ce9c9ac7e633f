import { bytesFromSamples } from "../lib/audio/pcm.ts";
import { frames, mix, noise, syntheticSpeech } from "../tests/synthetic_speech.ts";
import { percentile } from "./percentile.ts";
import { startFlags } from "./start_flags.ts";

const SECONDS = 24;
/** CPU is measured when all calls are up, over whole turns. */
const SETTLING_MS = 5_000;
const WINDOW_MS = 18_000;

/** What the server process tells about itself. */
interface Usage {
  cpuMs: number;
  rssBytes: number;
  commitToFirstByteMs: number[];
}

/** CPU and memory of talking calls, beside a bare WebSocket echo of the same frames. */
export async function benchLoad(print: (line: string) => void): Promise<void> {
  print(
    `Method: a server process of its own; this process sends ${SECONDS} s of 640-byte frames in`,
  );
  print("real time on every socket (a caller asks for 2 s and listens for 4, again and again).");
  print(`CPU over ${WINDOW_MS / 1000} s with all calls up. Engines take no time.`);
  const echo = await measure("echo", 100);
  const bridge = await measure("bridge", 100);
  const per = (usage: Measured) => usage.cpuMs / usage.calls / (WINDOW_MS / 1000);
  print(
    `CPU per call-second at 100 calls: bridge ${per(bridge).toFixed(2)} ms, ` +
      `echo ${per(echo).toFixed(2)} ms: ${(per(bridge) / per(echo)).toFixed(2)} × (goal ≤ 2)`,
  );
  print(
    `memory per call at 100 calls: bridge ${kb(bridge)} KB, echo ${kb(echo)} KB ` +
      "(growth of resident memory over the idle server)",
  );
  const fifty = await measure("bridge", 50);
  const times = fifty.commitToFirstByteMs;
  print(
    `end of turn decided → first byte at 50 calls: p50 ${percentile(times, 0.5).toFixed(1)} ms, ` +
      `p95 ${percentile(times, 0.95).toFixed(1)} ms, n ${times.length} (goal ≤ 5 ms)`,
  );
}

interface Measured extends Usage {
  calls: number;
  idleRssBytes: number;
}

function kb({ rssBytes, idleRssBytes, calls }: Measured): string {
  return ((rssBytes - idleRssBytes) / calls / 1024).toFixed(0);
}

/** Starts the server under load: a bare echo, or a bridge, directly or behind a port that tells its usage. */
export async function startServer(...mode: ["echo"] | ["bridge"] | ["bridge", "direct"]) {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...await startFlags(),
      "--allow-net=127.0.0.1,0.0.0.0",
      "--allow-env",
      "--allow-read",
      "--allow-write",
      new URL("./load_server.ts", import.meta.url).pathname,
      ...mode,
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

async function measure(mode: "echo" | "bridge", calls: number): Promise<Measured> {
  const server = await startServer(mode);
  try {
    const url = await firstLine(server.stdout);
    const idle = await usage(url);
    const talking = Promise.all(Array.from({ length: calls }, (_, i) => talk(url, mode, i)));
    await pause(SETTLING_MS);
    const begin = await usage(url);
    await pause(WINDOW_MS);
    const end = await usage(url);
    await talking;
    return {
      calls,
      idleRssBytes: idle.rssBytes,
      rssBytes: end.rssBytes,
      cpuMs: end.cpuMs - begin.cpuMs,
      commitToFirstByteMs: (await usage(url)).commitToFirstByteMs,
    };
  } finally {
    server.kill("SIGKILL");
    await server.status;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function usage(url: string): Promise<Usage> {
  return await (await fetch(`${url}/usage`)).json();
}

export async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes("\n")) return text.split("\n")[0].trim();
  }
  throw new Error("The server under load did not start");
}

const question = syntheticSpeech(2000);
// Two seconds of asking, then four of listening.
const turn = mix(
  Int16Array.from({ length: 96_000 }, (_, i) => i < 32_000 ? question[i] : 0),
  noise(6000, -62),
);
const messages = frames(turn).map(bytesFromSamples);

/** One caller, in real time on absolute deadlines. */
export async function talk(url: string, mode: string, index: number): Promise<void> {
  const socket = new WebSocket(await audioUrl(url, mode, index), "audio.drachtio.org");
  socket.binaryType = "arraybuffer";
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("The audio socket did not open"));
  });
  const startMs = performance.now() + index * 0.2;
  for (let n = 0; n < SECONDS * 50; n++) {
    const dueMs = startMs + n * 20 - performance.now();
    if (dueMs > 0) await pause(dueMs);
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(messages[(n + index * 3) % messages.length]);
    }
  }
  socket.close();
}

async function audioUrl(url: string, mode: string, index: number): Promise<string> {
  if (mode === "echo") return `${url.replace("http", "ws")}/echo`;
  const document = await ring(url, 0x100000000000 + index);
  return /url="([^"]+)"/.exec(document)![1].replaceAll("&amp;", "&");
}

/** Posts the first callback of a new call; resolves with the document, which offers a stream. */
export async function ring(url: string, call: number): Promise<string> {
  const response = await fetch(`${url}/voice`, {
    method: "POST",
    body: new URLSearchParams({
      sessionId: `HD_${call.toString(16)}`,
      callerNumber: `+254${String(call).slice(-9)}`,
      destinationNumber: "+254709900100",
      callSessionState: "Ringing",
      isActive: "1",
      direction: "inbound",
    }),
  });
  const document = await response.text();
  if (!document.includes("<Stream")) throw new Error(`No stream was offered: ${document}`);
  return document;
}
