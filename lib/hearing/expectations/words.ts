import { isNo, isYes } from "../../languages/answers.ts";
import { language, spokenTogether } from "../../languages/languages.ts";
import { wordsOf } from "../../languages/words.ts";
import type { Expectation } from "./expectation.ts";
import { freePatience, shortPatience } from "./patience.ts";
import { unique } from "./vocabulary.ts";

/** Anything at all; its value is the text. */
export const free: Expectation = {
  ...freePatience,
  vocabulary: () => [],
  parse: (text) => text.trim() === "" ? { incomplete: "" } : { value: text.trim() },
  readBack: (value) => value,
  retry: "didnt_catch",
};

/** A clear yes or no; its value is `yes` or `no`. */
export const yesOrNo: Expectation = {
  ...shortPatience,
  vocabulary: (tag) => unique(tag, ({ answers }) => [...answers.yes, ...answers.no]),
  parse(text, tag) {
    if (text.trim() === "") return { incomplete: "" };
    if (isYes(text, tag)) return { value: "yes" };
    if (isNo(text, tag)) return { value: "no" };
    return { invalid: "that is neither a clear yes nor a no", heard: text.trim() };
  },
  readBack: (value, tag) => language(tag).answers[value === "yes" ? "yes" : "no"][0],
  retry: "retry_yes_no",
};

/** Longest name that anyone gives on the phone, in words. */
const LONGEST_NAME_WORDS = 5;

/** Somebody's name; its value is the name with its capitals. */
export const name: Expectation = {
  ...freePatience,
  maxCommitMs: 2000,
  totalMs: 12_000,
  vocabulary: () => [],
  parse(text, tag) {
    const heard = withoutLeadIn(text, tag).trim().replace(/[.,!?…]+$/, "");
    const words = heard.split(/\s+/).filter(Boolean);
    if (words.length === 0) return { incomplete: "" };
    if (/\d/.test(heard)) return { invalid: "a name has no digits", heard };
    if (words.length > LONGEST_NAME_WORDS) return { invalid: "it is too long for a name", heard };
    return { value: words.map((word) => word[0].toUpperCase() + word.slice(1)).join(" ") };
  },
  readBack: (value) => value,
  retry: "retry_name",
};

/** Cuts off what is said before an answer: "my name is", "naitwa". */
function withoutLeadIn(text: string, tag: string): string {
  const leadIns = spokenTogether(tag).flatMap((one) => one.turns.leadIns)
    .map((leadIn) => wordsOf(leadIn).join("[^\\p{L}]+"))
    .sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`^[^\\p{L}]*(?:${leadIns.join("|")})(?!\\p{L})[^\\p{L}]*`, "iu");
  let rest = text;
  for (let next = rest.replace(pattern, ""); next !== rest; next = rest.replace(pattern, "")) {
    rest = next;
  }
  return rest;
}
