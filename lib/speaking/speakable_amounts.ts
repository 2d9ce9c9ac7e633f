import type { Language } from "../languages/language.ts";
import { figurePattern, figureWords, readFigure } from "./speakable_figures.ts";

/** Reads money, percentages and measures. */
export function speakableAmounts(text: string, words: Language): string {
  return speakableMeasures(speakablePercents(speakableMoney(text, words), words), words);
}

const SCALES: Readonly<Record<string, number>> = {
  ...{ k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, milioni: 1e6, billion: 1e9, bilioni: 1e9 },
};
const SCALE = "(?:\\s?(k|m|thousand|million|milioni|billion|bilioni)(?!\\p{L}))?";
// "500/=" and "500/-" are how shillings are written by hand.
const SHILLING_STROKE = "\\/[=-]";

function speakableMoney(text: string, words: Language): string {
  const figure = figurePattern(words);
  const codes = new Map<string, string>();
  for (const [code, { spellings }] of Object.entries(words.spoken.currencies)) {
    for (const spelling of spellings) codes.set(spelling, code);
  }
  const spelling = [...codes.keys()]
    .sort((a, b) => b.length - a.length)
    .map((one) => one.replace(/[.$]/g, "\\$&"))
    .join("|");
  const read = (currency: string, minus: string | undefined, figure: string, scale?: string) => {
    const value = readFigure(figure, words) * (scale ? SCALES[scale.toLowerCase()] : 1);
    const sign = minus ? `${words.spoken.signs.minus} ` : "";
    return sign + sumOfMoney(codes.get(currency.toLowerCase())!, value, figure, words);
  };
  return text
    .replace(
      new RegExp(
        `(?<![\\p{L}\\p{N}])([-−])?(${spelling})\\s?([-−])?(${figure})${SCALE}(?:${SHILLING_STROKE})?`,
        "giu",
      ),
      (_, before, currency, minus, value, scale) => read(currency, before ?? minus, value, scale),
    )
    .replace(
      new RegExp(
        `(?<![\\p{L}\\p{N}.,])([-−])?(${figure})${SCALE}\\s?(${spelling})(?![\\p{L}\\p{N}])`,
        "giu",
      ),
      (_, minus, value, scale, currency) => read(currency, minus, value, scale),
    )
    .replace(
      new RegExp(`(?<![\\p{L}\\p{N}.,])(${figure})${SHILLING_STROKE}`, "giu"),
      (_, value) => read("kes", undefined, value),
    );
}

function sumOfMoney(currency: string, value: number, figure: string, words: Language): string {
  const cents = Math.round(value * 100);
  const isExact = Math.abs(cents - value * 100) < 1e-6;
  if (isExact && value < 1e12) {
    return words.spoken.money(currency, Math.floor(cents / 100), cents % 100);
  }
  return `${figureWords(figure, words)} ${words.spoken.currencies[currency].many}`;
}

function speakablePercents(text: string, words: Language): string {
  const { percent, signs } = words.spoken;
  const figure = figurePattern(words);
  return text
    .replace(new RegExp(`(?<=\\d)\\s?%?\\s?[-–]\\s?(?=${figure}\\s?%)`, "g"), ` ${signs.to} `)
    .replace(
      new RegExp(`(?<![\\p{L}\\p{N}.,])([-−])?(${figure})\\s?%`, "gu"),
      (_, minus, value) => {
        return percent((minus ? `${signs.minus} ` : "") + figureWords(value, words));
      },
    );
}

function speakableMeasures(text: string, words: Language): string {
  const { units, measure, unitFirst } = words.spoken;
  const figure = figurePattern(words);
  const read = (value: string, unit: string) => {
    const isOne = readFigure(value, words) === 1;
    return measure(figureWords(value, words), units[unit.toLowerCase()], isOne);
  };
  const names = Object.keys(units).sort((a, b) => b.length - a.length).join("|");
  const measured = text
    .replace(/(?<=\d\s?[kmg])b\/s\b/gi, "bps")
    .replace(
      new RegExp(`(?<![\\p{L}\\p{N}.,])(${figure})\\s?(${names})(?![\\p{L}\\p{N}])`, "giu"),
      (_, value, unit) => read(value, unit),
    );
  if (!unitFirst) return measured;
  return measured.replace(
    new RegExp(`(?<![\\p{L}\\p{N}])(${names}) (${figure})(?![\\p{L}\\p{N}])`, "giu"),
    (_, unit, value) => read(value, unit),
  );
}
