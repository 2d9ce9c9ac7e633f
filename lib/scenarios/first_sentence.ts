/** A text up to the end of its first sentence. */
export function firstSentence(text: string): string {
  return /^[^.!?]+[.!?]/.exec(text)?.[0] ?? text;
}
