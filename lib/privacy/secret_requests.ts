import type { Language, SecretKind } from "../languages/language.ts";
import { spokenTogether } from "../languages/languages.ts";

/**
 * The first secret that a sentence of the agent's asks the caller for, or undefined; warnings such as
 * "never tell me your PIN" ask for none.
 *
 * @param allowed kinds that the company's own system checks
 */
export function secretAskedFor(
  sentence: string,
  tag: string,
  allowed: readonly SecretKind[] = [],
): SecretKind | undefined {
  const text = sentence.toLowerCase().replaceAll("’", "'");
  for (const { secrets } of spokenTogether(tag)) {
    if (secrets.warnings.test(text)) continue;
    for (const [kind, pattern] of patternsOf(secrets)) {
      if (!allowed.includes(kind) && pattern.test(text)) return kind;
    }
  }
}

const known = new WeakMap<Language["secrets"], [SecretKind, RegExp][]>();

function patternsOf(secrets: Language["secrets"]): [SecretKind, RegExp][] {
  const made = known.get(secrets) ??
    Object.entries(secrets.nouns).map(([kind, nouns]): [SecretKind, RegExp] => {
      const noun = `(?:${nouns.join("|")})`;
      const asks = secrets.asks.map((one) => one.replaceAll("{secret}", noun));
      return [
        kind as SecretKind,
        new RegExp(`(?<![\\p{L}\\p{N}])(?:${asks.join("|")})(?![\\p{L}\\p{N}])`, "u"),
      ];
    });
  known.set(secrets, made);
  return made;
}
