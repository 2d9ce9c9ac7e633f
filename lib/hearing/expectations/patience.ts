/** Milliseconds of silence, and of a whole answer; starting values measured on calls in Kenya. */
export const freePatience = {
  softPauseMs: 350,
  minCommitMs: 500,
  maxCommitMs: 2500,
  totalMs: 30_000,
};

/** For short answers that are known in advance. */
export const shortPatience = {
  softPauseMs: 350,
  minCommitMs: 500,
  maxCommitMs: 1500,
  totalMs: 10_000,
};

/** For numbers, which are read out in groups with pauses of a second between. */
export const digitPatience = {
  softPauseMs: 900,
  minCommitMs: 900,
  maxCommitMs: 1800,
  totalMs: 12_000,
};

/** For long codes, which are read out one character at a time. */
export const codePatience = { ...digitPatience, totalMs: 20_000 };
