/** The entries of a comma-separated list, so that long tables of words stay readable. */
export function list(text: string): string[] {
  return text.split(",").map((entry) => entry.trim());
}
