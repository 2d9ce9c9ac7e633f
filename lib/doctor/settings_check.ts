import type { Env } from "../settings/env.ts";
import { readSettings } from "../settings.ts";
import { SettingsError } from "../settings/setting_reader.ts";
import { type Finding, green, red, yellow } from "./finding.ts";

/** Looks at the environment's variables. */
export function checkSettings(env: Env): Finding {
  try {
    const { engines, notes } = readSettings(env);
    if (notes.length > 0) return yellow(notes.join("; "), "correct .env; the README lists all");
    return green(Object.entries(engines).map(([stage, names]) => `${stage} ${names}`).join(", "));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return red(error.problems.join("; "), "correct them in .env or in the environment");
  }
}
