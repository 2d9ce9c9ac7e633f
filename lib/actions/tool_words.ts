import { knownLanguages, language } from "../languages/languages.ts";
import type { ToolWord, ToolWords } from "../languages/tool_words.ts";

/** What one tool says, per language; English stands in for a language that nobody wrote it in. */
export interface WordsOfTool<Words extends ToolWord> {
  in(tag: string): Words;
  /** How callers ask for it, per language. */
  phrases: Record<string, string[]>;
  /** What a call was about, per language. */
  about: Record<string, string>;
}

/**
 * Puts together what a tool's own file says and what the languages bring for it.
 *
 * @param own by primary tag
 */
export function toolWords<Name extends keyof ToolWords>(
  name: Name,
  own: { en: ToolWords[Name] } & Record<string, ToolWords[Name]>,
): WordsOfTool<ToolWords[Name]>;
export function toolWords<Words extends ToolWord>(
  name: string,
  own: { en: Words } & Record<string, Words>,
): WordsOfTool<Words>;
export function toolWords(
  name: string,
  own: { en: ToolWord } & Record<string, ToolWord>,
): WordsOfTool<ToolWord> {
  const brought = (tag: string): ToolWord | undefined =>
    (language(tag).tools as Record<string, ToolWord> | undefined)?.[name];
  const phrases: Record<string, string[]> = {};
  const about: Record<string, string> = {};
  for (const tag of knownLanguages()) {
    const words = own[tag] ?? brought(tag);
    if (words?.phrases) phrases[tag] = [...words.phrases];
    if (words?.about) about[tag] = words.about;
  }
  return { in: (tag) => own[tag] ?? brought(tag) ?? own.en, phrases, about };
}
