import type { Expect } from "../contracts/expect.ts";
import { language } from "../languages/languages.ts";
import { SentenceSplitter } from "../speaking/sentences.ts";

/** What the agent's words ask the caller for; `free` when they ask for nothing in particular. */
export function askedFor(text: string, tag: string): Expect {
  const splitter = new SentenceSplitter({ firstMinChars: Infinity });
  const last = [...splitter.push(text), ...splitter.flush()].at(-1)?.toLowerCase() ?? "";
  if (!last.endsWith("?")) return "free";
  const patterns = Object.entries(language(tag).questions) as [Expect, RegExp][];
  return patterns.find(([, pattern]) => pattern.test(last))?.[0] ?? "free";
}
