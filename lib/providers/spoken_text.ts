/**
 * Leaves only what is to be spoken: engines read tags such as `<sigh>` as events and some read
 * Markdown aloud. Empty when there are no words.
 */
export function spokenText(text: string): string {
  const words = text.replace(/<[^<>]*>/g, " ").replace(/[*_`#~]+/g, "").replace(/\s+/g, " ").trim();
  return /[\p{L}\p{N}]/u.test(words) ? words : "";
}
