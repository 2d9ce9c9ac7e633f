/** Picks the text in `language`, or the English one. */
export function byLanguage<T>(texts: { en: T } & Record<string, T>, language: string): T {
  return texts[language] ?? texts.en;
}
