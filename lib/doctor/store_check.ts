import type { Settings } from "../settings.ts";
import { whenUnlocked } from "../store/locked_file.ts";
import { type Finding, green, red, wordsOf, yellow } from "./finding.ts";

/** A write that takes longer delays callbacks, which have two seconds. */
const SLOW_MS = 200;

/** Writes, reads and deletes a value in the call store. */
export async function checkStore({ dataDir, kvUrl }: Settings): Promise<Finding> {
  const at = kvUrl ?? `${dataDir}/calls.kv`;
  const key = ["doctor", crypto.randomUUID()];
  const startMs = performance.now();
  try {
    if (!kvUrl) await Deno.mkdir(dataDir, { recursive: true });
    const kv = await whenUnlocked(() => Deno.openKv(at));
    try {
      await whenUnlocked(() => kv.set(key, "written", { expireIn: 60_000 }));
      const { value } = await kv.get(key);
      await whenUnlocked(() => kv.delete(key));
      if (value !== "written") {
        return red(`${at} does not give back what was written`, "restore it, or take a new one");
      }
    } finally {
      kv.close();
    }
  } catch (error) {
    return red(
      `${at} can't be written: ${wordsOf(error)}`,
      kvUrl ? "check DENO_KV_URL and DENO_KV_ACCESS_TOKEN" : "make DATA_DIR writable for us",
    );
  }
  const tookMs = Math.round(performance.now() - startMs);
  return tookMs > SLOW_MS
    ? yellow(`${at} took ${tookMs} ms`, "use a faster disk, or a store nearby")
    : green(`${at} in ${tookMs} ms`);
}
