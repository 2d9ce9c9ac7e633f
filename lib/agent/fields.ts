import * as v from "valibot";
import { must } from "../settings/checked_yaml.ts";
import { blockOf } from "../settings/yaml_block.ts";
import type { ByLanguage } from "./agent.ts";

/** Words of at most so many characters. */
export const text = (maxLength: number) =>
  v.pipe(
    v.string(must("must be text", "write words, in quotes when they hold a colon")),
    v.trim(),
    v.minLength(1, must("must not be empty", "write words or take the line out")),
    v.maxLength(maxLength, must(`must have at most ${maxLength} characters`, "make it shorter")),
  );

/** The primary tag of a language. */
export const tag = v.pipe(
  v.string(must("must be a language tag", "write en, sw or fr")),
  v.regex(
    /^[a-z]{2,3}$/,
    must("must be a language tag of two or three letters", "write en, sw, fr"),
  ),
);

/** A whole number between two. */
export const whole = (min: number, max: number) => {
  const problem = must(`must be a whole number from ${min} to ${max}`, "change the number");
  return v.pipe(
    v.number(problem),
    v.check((given) => Number.isInteger(given) && given >= min && given <= max, problem),
  );
};

/** Whether a setting holds. */
export const yesOrNo = v.boolean(must("must be true or false", "write false"));

const url = must("must be a URL", "write https://…");
/** The address of a web server. */
export const webUrl = v.pipe(
  v.string(url),
  v.trim(),
  v.check((given) => /^https?:\/\//i.test(given) && URL.canParse(given), url),
);

const inEveryLanguage = v.pipe(text(500), v.transform((all): ByLanguage => ({ "*": all })));
const inEachLanguage = blockOf(
  tag,
  text(500),
  must("must be text, or one text per language", "write en: … and sw: … on lines of their own"),
);

/** One text for every language, or one per language. */
export const texts = v.lazy((given) =>
  typeof given === "string" ? inEveryLanguage : inEachLanguage
);
