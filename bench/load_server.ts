import process from "node:process";
import { createSampleCompany } from "../lib/backends/sample_company.ts";
import { startBridge } from "../lib/bridge.ts";
import { systemClock } from "../lib/clock.ts";
import { readSettings } from "../lib/settings.ts";
import { modelledEngine } from "../tests/modelled_engine.ts";
import { syntheticSpeech } from "../tests/synthetic_speech.ts";

// The server of the load benchmark: a bare echo, or the whole bridge with engines that take no time.

const reply = syntheticSpeech(3000, { pitchHz: 200 });

/** Engines without any delay: what is measured is the bridge. */
const instant = modelledEngine({
  clock: systemClock,
  hears: () => "what is my balance please",
  says: () => ({ text: "Your balance is fine." }),
  sounds: () => reply,
});

const commitToFirstByteMs: number[] = [];
const [mode, front] = Deno.args;
const usage = () =>
  Response.json({
    cpuMs: (({ user, system }) => (user + system) / 1000)(process.cpuUsage()),
    rssBytes: Deno.memoryUsage().rss,
    commitToFirstByteMs,
  });

if (mode === "echo") {
  Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: ({ port }) => tell(port) }, (request) => {
    if (new URL(request.url).pathname === "/usage") return usage();
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "audio.drachtio.org" });
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
} else {
  const dataDir = await Deno.makeTempDir({ prefix: "pokea-load-" });
  const bridge = await startBridge(
    readSettings({ PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "error", MAX_CALLS: "9000" }),
    {
      engines: {
        embedded: () => Promise.resolve(instant),
        gemini: () => Promise.resolve(instant),
        openai: () => Promise.resolve(instant),
      },
      tools: () => [],
      backend: (_, clock) => createSampleCompany(clock),
    },
    {
      onEvent(event) {
        if (event.type !== "latency") return;
        const { commitMs, firstSampleSentMs } = event.waterfall;
        commitToFirstByteMs.push(firstSampleSentMs! - commitMs!);
      },
    },
  );
  if (front === "direct") console.log(bridge.url);
  // The bridge's own port serves no figures, so a second one does.
  Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: ({ port }) => tell(port) }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/usage") return usage();
    return fetch(`${bridge.url}${pathname}`, {
      method: request.method,
      headers: { ...Object.fromEntries(request.headers), host: new URL(bridge.url).host },
      body: request.body,
    });
  });
}

function tell(port: number): void {
  console.log(`http://127.0.0.1:${port}`);
}
Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
