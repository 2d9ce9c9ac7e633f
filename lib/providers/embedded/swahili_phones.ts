/**
 * Swahili letters as the nearest phones of US English. The orthography is regular: each letter or
 * pair below has one sound. English has no /ɓ ɗ ɠ ɣ x ɾ/, so these come out with an accent.
 */
const PHONES: Record<string, string> = {
  "ng'": "ng",
  "ch": "ch",
  "dh": "dh",
  "gh": "g",
  "kh": "k",
  "ng": "ng g",
  "ny": "n y",
  "sh": "sh",
  "th": "th",
  "a": "aa",
  "b": "b",
  "d": "d",
  "e": "eh",
  "f": "f",
  "g": "g",
  "h": "hh",
  "i": "iy",
  "j": "jh",
  "k": "k",
  "l": "l",
  "m": "m",
  "n": "n",
  "o": "ao",
  "p": "p",
  "r": "r",
  "s": "s",
  "t": "t",
  "u": "uw",
  "v": "v",
  "w": "w",
  "y": "y",
  "z": "z",
};

const LETTERS = /ng'|ch|dh|gh|kh|ng|ny|sh|th|[a-z]/g;

/**
 * Gives the phones of a Swahili word in Flite's notation, vowels with a stress mark: Swahili
 * stresses the last vowel but one. `undefined` for a word that Swahili can't spell, such as `fax`.
 */
export function swahiliPhones(word: string): string | undefined {
  const letters = word.toLowerCase();
  if (!/^[a-z']+$/.test(letters) || !/[aeiou]/.test(letters)) return undefined;
  const units = letters.match(LETTERS) ?? [];
  if (units.some((unit) => !Object.hasOwn(PHONES, unit))) return undefined; // c, q, x
  const vowels = units.flatMap((unit, at) => /[aeiou]/.test(unit) ? [at] : []);
  const stressed = vowels.at(-2) ?? vowels[0];
  return units.map((unit, at) => {
    if (!vowels.includes(at)) return PHONES[unit];
    return PHONES[unit] + (at === stressed ? "1" : "0");
  }).join(" ");
}

/** Marks up plain Swahili text so that Flite speaks each word by its phones. */
export function swahiliSsml(text: string): string {
  return text.replace(/[a-z]+(?:'[a-z]+)*'?/gi, (word) => {
    const phones = swahiliPhones(word);
    return phones === undefined ? word : `<phoneme ph="${phones}">${word}</phoneme>`;
  });
}
