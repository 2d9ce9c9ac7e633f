import { knownLanguages, language } from "../../languages/languages.ts";
import { wordsOf } from "../../languages/words.ts";

/** Largest number that is read as the figures it is written with: "twenty three" is 23. */
const MAX_READ_NUMBER = 99;

/**
 * The runs of digits in what a caller said, in any language: "double four seven" and "447" are
 * `447`. A word that is no digit ends a run.
 */
export function digitRuns(text: string): string[] {
  const words = wordsOf(text.replaceAll("-", " "));
  const runs: string[] = [];
  let run = "";
  let repeat = 1;
  for (let at = 0; at < words.length;) {
    const { repeats } = tables();
    const times = repeats.get(words[at]);
    const [figures, taken] = figuresAt(words, at);
    if (times !== undefined && at + 1 < words.length) {
      repeat = times;
      at++;
      continue;
    }
    if (taken > 0) {
      run += figures.length === 1 ? figures.repeat(repeat) : figures;
      at += taken;
    } else {
      if (run) runs.push(run);
      run = "";
      at++;
    }
    repeat = 1;
  }
  if (run) runs.push(run);
  return runs;
}

function figuresAt(words: string[], at: number): [figures: string, taken: number] {
  const written = words[at].replace(/[.,]/g, "");
  if (/^\d+$/.test(written)) return [written, 1];
  const { numbers } = tables();
  for (let taken = Math.min(3, words.length - at); taken > 0; taken--) {
    const figures = numbers.get(words.slice(at, at + taken).join(" "));
    if (figures !== undefined) return [figures, taken];
  }
  return ["", 0];
}

interface Tables {
  numbers: Map<string, string>;
  repeats: Map<string, number>;
}

let made: Tables | undefined;

/** Made once from the languages' own tables, which don't change. */
function tables(): Tables {
  if (made) return made;
  const numbers = new Map<string, string>();
  const repeats = new Map<string, number>();
  for (const tag of knownLanguages()) {
    const table = language(tag).numbers;
    for (let value = 0; value <= MAX_READ_NUMBER; value++) {
      numbers.set(wordsOf(table.cardinal(value).replaceAll("-", " ")).join(" "), String(value));
    }
    for (const [word, value] of Object.entries(table.heard)) numbers.set(word, String(value));
    for (const [word, times] of Object.entries(table.repeats)) repeats.set(word, times);
  }
  made = { numbers, repeats };
  return made;
}
