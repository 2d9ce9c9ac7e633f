import { knownLanguages, language } from "../languages/languages.ts";
import { countWhenOnly, wordsOf } from "../languages/words.ts";

/**
 * What words spoken over the agent mean: `backchannel` shows attention, `stop` only asks the agent
 * to be quiet and is no turn, `speech` is a turn, `nothing` holds no words.
 */
export function interruptionKind(
  text: string,
  languages: readonly string[] = knownLanguages(),
): "backchannel" | "stop" | "speech" | "nothing" {
  // Recognisers write sounds in brackets: [noise], (coughs).
  const words = wordsOf(text.replace(/\[[^\]]*\]|\([^)]*\)|<[^>]*>/g, " "));
  if (words.length === 0) return "nothing";
  const tables = languages.map((tag) => language(tag));
  const backchannels = tables.flatMap(({ turns }) => [turns.backchannels, turns.hesitations]);
  const stops = tables.map(({ turns }) => turns.stops);
  const padding = tables.map(({ answers }) => answers.polite);
  if (countWhenOnly(words, backchannels, []) > 0) return "backchannel";
  return countWhenOnly(words, stops, [...backchannels, ...padding]) > 0 ? "stop" : "speech";
}
