/** One line of a call on the screen, without its time: who, and what. */
export type ScreenLine = [who: string, what: string];

/** Writes a duration as seconds with one decimal. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
