/** How a playout treats the line. */
export interface PlayoutOptions {
  /** How far ahead of the ear audio is sent. @default 300 */
  leadMs: number;
  /** From the socket to the ear: the platform's 80 ms prebuffer and one 20 ms tick. @default 100 */
  lineDelayMs: number;
  /** Silence after the last word: the platform keeps back a tail of under 40 ms. @default 200 */
  tailPadMs: number;
  /** Highest sample sent; the platform adds, and wraps, what else it plays. @default -3 */
  peakDbfs: number;
  /** How long the channel may still hold samples after `killAudio`. @default 100 */
  killResidueMs: number;
}

export const playoutDefaults: PlayoutOptions = {
  leadMs: 300,
  lineDelayMs: 100,
  tailPadMs: 200,
  peakDbfs: -3,
  killResidueMs: 100,
};
