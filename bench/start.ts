import { percentile } from "./percentile.ts";
import { startFlags } from "./start_flags.ts";

const RUNS = 7;
/** The very first start also has every prompt spoken once. */
const PROMPTS_MS = 40_000;

/** Time until `deno task start` listens, and what it then weighs. */
export async function benchStart(print: (line: string) => void): Promise<void> {
  print(
    `Method: main.ts started ${RUNS} times as deno task start does, with the embedded engine; time`,
  );
  print(
    "from spawn to the first answer of /healthz, resident memory 2 s later. First run discarded.",
  );
  const dataDir = await Deno.makeTempDir({ prefix: "pokea-bench-" });
  const readyMs: number[] = [];
  const rssMb: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const startMs = performance.now();
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        ...await startFlags(),
        "--cached-only",
        "--allow-net",
        "--allow-env",
        "--allow-read",
        "--allow-write",
        "main.ts",
      ],
      env: { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "error" },
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      await untilAlive(`http://127.0.0.1:${port}/healthz`);
      const tookMs = performance.now() - startMs;
      await new Promise((resolve) => setTimeout(resolve, run === 0 ? PROMPTS_MS : 2000));
      const kib = await residentKib(child.pid);
      if (run === 0) continue;
      readyMs.push(tookMs);
      rssMb.push(kib / 1024);
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
  }
  await Deno.remove(dataDir, { recursive: true });
  print(
    `listening after ${percentile(readyMs, 0.5).toFixed(0)} ms median, ` +
      `${Math.max(...readyMs).toFixed(0)} ms worst (goal ≤ 600 ms)`,
  );
  print(`resident memory idle: ${percentile(rssMb, 0.5).toFixed(0)} MB (goal < 90 MB)`);
}

async function untilAlive(url: string): Promise<void> {
  const endMs = performance.now() + 20_000;
  while (performance.now() < endMs) {
    try {
      const response = await fetch(url);
      await response.body?.cancel();
      if (response.ok) return;
    } catch { /* not yet */ }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`Nothing answers at ${url}`);
}

async function residentKib(pid: number): Promise<number> {
  const ps = new Deno.Command("ps", { args: ["-o", "rss=", "-p", String(pid)] });
  return Number(new TextDecoder().decode((await ps.output()).stdout).trim());
}
