import { z } from "zod";
import { must } from "../settings/checked_yaml.ts";
import type { ByLanguage } from "./agent.ts";

/** Words of at most so many characters. */
export const text = (maxLength: number) =>
  z.string(must("must be text", "write words, in quotes when they hold a colon"))
    .trim()
    .min(1, must("must not be empty", "write words or take the line out"))
    .max(maxLength, must(`must have at most ${maxLength} characters`, "make it shorter"));

/** The primary tag of a language. */
export const tag = z.string(must("must be a language tag", "write en, sw or fr"))
  .regex(
    /^[a-z]{2,3}$/,
    must("must be a language tag of two or three letters", "write en, sw, fr"),
  );

/** A whole number between two. */
export const whole = (min: number, max: number) => {
  const problem = must(`must be a whole number from ${min} to ${max}`, "change the number");
  return z.int(problem).min(min, problem).max(max, problem);
};

/** One text for every language, or one per language. */
export const texts = z.union(
  [text(500).transform((all): ByLanguage => ({ "*": all })), z.record(tag, text(500))],
  must("must be text, or one text per language", "write en: … and sw: … on lines of their own"),
);
