/** Why nobody came to the phone, in the platform's words and in ours. */
export const LEG_FAILURES = [
  ["busy", "busy"],
  ["no-answer", "no_answer"],
  ["declined", "declined"],
  ["failed", "failed"],
] as const;
