import { knownLanguages, language } from "../languages/languages.ts";
import { countWhenOnly, wordsOf } from "../languages/words.ts";

/** A transcript and what was measured of its sound. */
export interface HeardWords {
  text: string;
  /** Voiced time, in milliseconds. */
  durationMs: number;
  /** How far the voice was above the noise. */
  snrDb?: number;
  /** Level of the voice, in dB below full scale. */
  levelDb?: number;
  /** Tags of the languages that callers speak; all known ones when absent. */
  languages?: readonly string[];
}

/** Nobody speaks faster; quick speakers reach about 25 letters a second. */
const MOST_LETTERS_PER_SECOND = 35;
/** Real speech of some seconds has more; less was written over noise or music. */
const FEWEST_LETTERS_PER_SECOND = 1;
const FEW_LETTERS_AFTER_MS = 4000;
/** Below these a recogniser hears what it likes to hear. */
const FAINT_SNR_DB = 6;
const FAINT_LEVEL_DB = -50;
const BRIEF_MS = 240;
/** The same words so often in a row are a recogniser's loop. */
const REPEATS = 4;
/** Share of letters of other scripts from which on a text is not in these languages. */
const FOREIGN_SHARE = 0.3;

// What recognisers trained on subtitles write over silence, whatever the language.
const SUBTITLES =
  /(?:thank(?:s| you)(?: so much| very much)? for (?:watching|listening|viewing)|(?:please )?(?:like and )?subscribe|subtitles? by|captions? by|amara\.org|see you (?:in the )?next (?:video|time)|sous-titr|asante kwa kutazama|transcri(?:bed|ption) by|www\.\S+\.(?:com|org))/i;
const OVER_SILENCE = new Set(
  ("thank you|thanks|you|bye|bye bye|okay|ok|so|yeah|the|i|oh|hmm|mm|uh|um|asante|merci|thank you very much|" +
    "thank you so much|i'm sorry|sorry|goodbye|yes|no|and|right|hello")
    .split("|"),
);

/**
 * The reason why a transcript can't be what the caller said, or undefined when it can. The words
 * are held against the sound: how long, how loud, how many letters a second.
 */
export function implausible(heard: HeardWords): string | undefined {
  const { text, durationMs, snrDb, levelDb, languages = knownLanguages() } = heard;
  const spoken = text.replace(/\[[^\]]*\]|\([^)]*\)|<[^>]*>/g, " ");
  const words = wordsOf(spoken);
  if (words.length === 0) return "no words";
  const letters = spoken.match(/[\p{L}\p{N}]/gu)!.length;
  if (isForeign(spoken, languages)) return "another script";
  if (SUBTITLES.test(spoken)) return "words of subtitles";
  const isFaint = snrDb !== undefined && snrDb < FAINT_SNR_DB ||
    levelDb !== undefined && levelDb < FAINT_LEVEL_DB || durationMs < BRIEF_MS;
  if (isFaint && OVER_SILENCE.has(words.join(" "))) return "words often invented over silence";
  const perSecond = letters / (durationMs / 1000);
  // Figures are written shorter than they are said, and few letters fit anywhere.
  if (letters > 8 && perSecond > MOST_LETTERS_PER_SECOND) return "too many words for the time";
  const hasFigures = /\d/.test(spoken);
  if (durationMs > FEW_LETTERS_AFTER_MS && !hasFigures && perSecond < FEWEST_LETTERS_PER_SECOND) {
    return "too few words for the time";
  }
  if (/(\p{L})\1{6}/u.test(spoken) || isLoop(words, languages)) return "the same words repeated";
  return undefined;
}

function isForeign(text: string, languages: readonly string[]): boolean {
  const scripts = languages.map((tag) => language(tag).marks.script);
  const letters = text.match(/\p{L}/gu) ?? [];
  const foreign = letters.filter((letter) => !scripts.some((script) => script.test(letter)));
  return foreign.length > letters.length * FOREIGN_SHARE;
}

/** True when one to four words come again and again, but for digits, "yes yes" and "no no". */
function isLoop(words: readonly string[], languages: readonly string[]): boolean {
  const repeatable = languages.flatMap((tag) => {
    const { answers, numbers, turns } = language(tag);
    return [
      answers.yes,
      answers.no,
      answers.farewells,
      turns.backchannels,
      turns.stops,
      numbers.digits,
      Object.keys(numbers.heard),
    ];
  });
  for (let size = 1; size <= 4; size++) {
    for (let at = 0; at + size * REPEATS <= words.length; at++) {
      const first = words.slice(at, at + size);
      let repeats = 1;
      while (first.every((word, i) => words[at + repeats * size + i] === word)) repeats++;
      if (repeats < REPEATS) continue;
      const isHarmless = first.every((word) => /^\d/.test(word)) ||
        countWhenOnly(first, repeatable, []) > 0;
      if (!isHarmless) return true;
    }
  }
  return false;
}
