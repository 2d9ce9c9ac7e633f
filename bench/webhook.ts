import { percentile } from "./percentile.ts";
import { firstLine, pause, ring, startServer, talk } from "./load.ts";

const CALLS = 50;
const REQUESTS_PER_SECOND = 200;
/** Calls are all up by then. */
const SETTLING_MS = 5_000;
const WINDOW_MS = 15_000;

/** How long the platform waits for the answer to a new call while others talk. */
export async function benchWebhook(print: (line: string) => void): Promise<void> {
  print(`Method: a server process of its own with ${CALLS} calls talking (see load); this process`);
  print(
    `posts the first callback of ${REQUESTS_PER_SECOND} new calls a second at fixed moments, for ` +
      `${WINDOW_MS / 1000} s; time from the moment at which each was due to its whole answer.`,
  );
  const server = await startServer("bridge", "direct");
  try {
    const url = await firstLine(server.stdout);
    const talking = Promise.all(
      Array.from({ length: CALLS }, (_, i) => talk(url, "bridge", i)),
    );
    await pause(SETTLING_MS);
    const times = await postCallbacks(url);
    await talking;
    print(
      `first callback → document: p50 ${percentile(times, 0.5).toFixed(1)} ms, ` +
        `p99 ${percentile(times, 0.99).toFixed(1)} ms, n ${times.length} (goal: p99 < 20 ms)`,
    );
  } finally {
    server.kill("SIGKILL");
    await server.status;
  }
}

async function postCallbacks(url: string): Promise<number[]> {
  const count = REQUESTS_PER_SECOND * WINDOW_MS / 1000;
  const startMs = performance.now();
  return await Promise.all(Array.from({ length: count }, async (_, i) => {
    const dueMs = startMs + i * 1000 / REQUESTS_PER_SECOND;
    await pause(Math.max(0, dueMs - performance.now()));
    await ring(url, 0x200000000000 + i);
    return performance.now() - dueMs;
  }));
}

if (import.meta.main) await benchWebhook(console.log);
