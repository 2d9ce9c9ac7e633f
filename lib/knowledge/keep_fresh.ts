import type { Clock } from "../clock.ts";
import type { Knowledge } from "../knowledge.ts";

/** Between two looks at the knowledge files. */
export const LOOK_EVERY_MS = 10_000;

/**
 * Makes the function that reads the knowledge again when a file has changed; called for every call,
 * it looks at most every {@linkcode LOOK_EVERY_MS}. A file that is wrong is told of, once.
 */
export function keepFresh(
  knowledge: Pick<Knowledge, "reloadIfChanged">,
  clock: Clock,
  log: { info(message: string): void; warn(message: string): void },
): () => Promise<void> {
  let lookedMs = clock.now();
  return async () => {
    if (clock.now() - lookedMs < LOOK_EVERY_MS) return;
    lookedMs = clock.now();
    try {
      if (await knowledge.reloadIfChanged()) log.info("The knowledge has changed and is in use");
    } catch (error) {
      log.warn(`What was read before stays in use: ${(error as Error).message}`);
    }
  };
}
