import { parseEnv } from "node:util";

/** Variables by name, as the operating system has them. */
export type Env = Record<string, string | undefined>;

/**
 * Reads the environment, with what a `.env` file adds to it; the real environment goes first.
 *
 * @throws {Error} when a `.env` is there and can't be read
 */
export function loadEnv(path = ".env"): Env {
  return { ...readFile(path), ...Deno.env.toObject() };
}

function readFile(path: string): Env {
  try {
    return parseEnv(Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw new Error(
      `Cannot read ${path}: it must be a readable file of NAME=value lines: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}
