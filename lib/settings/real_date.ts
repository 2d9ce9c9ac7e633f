/** True for a day that exists, written like 2026-12-31. */
export function isRealDate(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
