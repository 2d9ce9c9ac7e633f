import { knownLanguages, language, spokenTogether } from "./languages.ts";
import { spokenNumbers } from "./spoken_numbers.ts";
import { wordsOf } from "./words.ts";

/** What explains a letter: "Q for Queen", "T as in Tom". */
const EXPLAINS = new RegExp(
  `^(?:${knownLanguages().flatMap((tag) => language(tag).spoken.letterLinks).join("|")})` +
    "\\s+(\\p{L})\\p{L}*",
  "iu",
);

/**
 * The longest row of letters and digits that a text spells, in capitals: "Q F X three two" and
 * `qfx32` are `QFX32`. Empty when there is none.
 */
export function spokenCode(text: string, tag: string): string {
  const fillers = new Set(
    spokenTogether(tag).flatMap(({ turns, spoken }) => [...turns.hesitations, spoken.signs.dash]),
  );
  let longest = "";
  let code = "";
  for (let at = 0; at < text.length;) {
    const piece = pieceAt(text, at, tag);
    if (piece.code !== undefined) code += piece.code;
    else if (piece.word !== "" && !fillers.has(piece.word)) code = "";
    if (code.length > longest.length) longest = code;
    at = piece.end;
  }
  // A letter on its own is a word: "I lost it".
  return /^\D$/.test(longest) ? "" : longest;
}

interface Piece {
  end: number;
  /** What it adds to the code. */
  code?: string;
  /** The word that it is, empty for spaces and signs. */
  word: string;
}

function pieceAt(text: string, at: number, tag: string): Piece {
  const rest = text.slice(at);
  const token = /^[\p{L}\p{N}][\p{L}\p{N}'’]*/u.exec(rest)?.[0];
  if (token === undefined) return { end: at + 1, word: "" };
  const number = spokenNumbers(rest, tag).at(0);
  // A lone "O" is kept as a letter; "oh" is zero.
  if (
    number?.start === 0 && token.toLowerCase() !== "o" &&
    !/^\p{N}+\p{L}|^\p{L}{2,}\p{N}/u.test(token)
  ) {
    const code = number.digits;
    return { end: at + number.end, code, word: token };
  }
  if (/^\p{L}$/u.test(token)) {
    const explained = EXPLAINS.exec(rest.slice(1).trimStart());
    const isSame = explained?.[1].toLowerCase() === token.toLowerCase();
    const end = isSame ? text.indexOf(explained[0], at + 1) + explained[0].length : at + 1;
    return { end, code: token.toUpperCase(), word: token };
  }
  const isCode = /\p{N}/u.test(token) || /^\p{Lu}{2,}$/u.test(token);
  return {
    end: at + token.length,
    code: isCode ? token.toUpperCase() : undefined,
    word: wordsOf(token)[0],
  };
}
