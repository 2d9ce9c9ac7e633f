import { digitRuns } from "../languages/digit_runs.ts";
import { spokenNumbers } from "../languages/spoken_numbers.ts";
import { knownLanguages } from "../languages/languages.ts";
import { isLuhn } from "./luhn.ts";
import { dropSpokenSecrets } from "./spoken_secret.ts";

/** What is masked; all of it unless switched off. */
export type RuleName = "phone" | "national_id" | "card" | "email" | "mpesa_code" | "secret";

/** Digits and characters that stay readable at the end. */
const KEPT = 3;

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
// Ten characters, a letter first and a digit somewhere: QFX32AB9CD.
const MPESA_CODE =
  /(?<![\p{L}\p{N}])(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z][A-Z0-9]*[A-Z])[A-Z][A-Z0-9]{9}(?![\p{L}\p{N}])/gu;
const DATE =
  /(?<!\d)(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?|\d{1,2}\/\d{1,2}\/\d{4})(?!\d)/g;

/**
 * Makes a function that masks personal data in a text, whether written in figures or spoken out in
 * words. Numbers keep their last three digits: "…678".
 *
 * @param onMasked told what stands in the text, and what stood there; of secrets it is told nothing
 */
export function createMasker(
  rules: Partial<Record<RuleName, boolean>> = {},
  onMasked: (shown: string, original: string) => void = () => {},
): (text: string) => string {
  const hide = (shown: string, original: string) => {
    onMasked(shown, original);
    return shown;
  };
  const on = (rule: RuleName) => rules[rule] ?? true;
  return (text) => {
    let masked = text;
    if (on("secret")) masked = dropSpokenSecrets(masked).text;
    if (on("email")) masked = masked.replace(EMAIL, (address) => hide("[e-mail]", address));
    if (on("mpesa_code")) masked = masked.replace(MPESA_CODE, (code) => hide(tail(code), code));
    return maskNumbers(masked, (digits) => {
      const rule = ruleFor(digits);
      return rule !== undefined && on(rule);
    }, hide);
  };
}

/** Which kind of personal number so many digits are. */
function ruleFor(digits: string): RuleName | undefined {
  if (digits.length >= 13 && digits.length <= 19 && isLuhn(digits)) return "card";
  // E.164 has at most 15 digits; the shortest national numbers here have nine.
  if (digits.length >= 9 && digits.length <= 15) return "phone";
  return digits.length === 7 || digits.length === 8 ? "national_id" : undefined;
}

function maskNumbers(
  text: string,
  isMasked: (digits: string) => boolean,
  hide: (shown: string, original: string) => string,
): string {
  const dates = Array.from(
    text.matchAll(DATE),
    ({ index, 0: found }) => [index, index + found.length],
  );
  // Words for numbers of every language: callers mix them.
  const runs = knownLanguages()
    .flatMap((tag) => digitRuns(text, tag).map((run) => ({ ...run, tag })))
    .filter(({ start, end, digits, tag }) => {
      return isMasked(digits) && !isQuantity(text.slice(start, end), tag) &&
        !dates.some(([from, to]) => from < end && start < to);
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let masked = "";
  let at = 0;
  for (const { start, end, digits } of runs) {
    if (start < at) continue;
    const [plus] = /\+(?=\s?$)/.exec(text.slice(at, start)) ?? [""];
    const before = text.slice(at, start).replace(/\+\s?$/, "");
    masked += before + hide(tail(digits), `${plus}${digits}`);
    at = end;
  }
  return masked + text.slice(at);
}

/** Amounts and measures have separators of thousands or decimals, or words such as "million". */
function isQuantity(run: string, tag: string): boolean {
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+\.\d+$/.test(run)) return true;
  // "Two million" is one number; what identifies somebody is said in several.
  return /\p{L}/u.test(run) && spokenNumbers(run, tag).length === 1;
}

function tail(text: string): string {
  return `…${text.slice(-KEPT)}`;
}
