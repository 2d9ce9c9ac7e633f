import { benchFrame } from "./frame.ts";
import { benchLatency } from "./latency.ts";
import { benchLoad } from "./load.ts";
import { benchStart } from "./start.ts";
import { benchWebhook } from "./webhook.ts";

/** The benchmarks by name; each prints its method with its figures. */
const benches: Record<string, (print: (line: string) => void) => Promise<void>> = {
  frame: benchFrame,
  latency: benchLatency,
  load: benchLoad,
  webhook: benchWebhook,
  start: benchStart,
  detector: async (print) => (await import("./vad.ts")).benchVad(print),
  speech: async (print) => (await import("./speech.ts")).benchSpeech(print),
  retrieval: async (print) => (await import("./retrieval.ts")).benchRetrieval(print),
  engines: async (print) => (await import("./engines.ts")).benchEngines(print),
};

if (import.meta.main) {
  const names = Deno.args.length > 0 ? Deno.args : Object.keys(benches);
  const unknown = names.filter((name) => !(name in benches));
  if (unknown.length > 0) {
    console.error(
      `Usage: deno task bench [${Object.keys(benches).join("|")}]…: unknown: ${unknown.join(", ")}`,
    );
    Deno.exit(2);
  }
  console.log(
    `Deno ${Deno.version.deno}, ${navigator.hardwareConcurrency} cores. Shared machines are noisy: ` +
      "compare within one run.",
  );
  for (const name of names) {
    console.log(`\n== ${name}`);
    await benches[name](console.log);
  }
  Deno.exit(0);
}
