/** The entries of a comma-separated list, so that long tables of words stay readable. */
export function list(text: string): string[] {
  return text.split(",").map((entry) => entry.trim());
}

/** The words of a long table, parted by spaces. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
