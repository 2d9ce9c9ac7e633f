import { CallWorld } from "../tests/call_world.ts";

const ANSWER = "Your account is active. " +
  "You are on the thirty megabit plan, which costs three thousand shillings each month. " +
  "The next payment is due at the end of November, and you can pay by phone at any time.";
const STT_MS = 260;
const FIRST_TOKEN_MS = 400;
const TOKEN_MS = 1000 / 60;
const FIRST_AUDIO_MS = 250;
/** Speech is made this much faster than it is spoken. */
const SYNTHESIS_SPEED = 6;
const MS_PER_CHARACTER = 60;
const SOFT_PAUSE_MS = 350;
/** What a silence-only end-pointer waits, as most bridges do. */
const HANGOVER_MS = 700;

/** End of speech → first sample for an answer of three sentences, with engines of modelled delays. */
export async function benchLatency(print: (line: string) => void): Promise<void> {
  print("Method: the real call on a clock of its own, 20 turns; engines are models: transcript");
  print(`${STT_MS} ms after the pause, first token ${FIRST_TOKEN_MS} ms, 60 words a second, first`);
  print(
    `audio ${FIRST_AUDIO_MS} ms, speech made at ${SYNTHESIS_SPEED} × real time. Modelled, exact.`,
  );
  const call = new CallWorld({ says: () => ({ text: ANSWER }) });
  await call.greeted();
  for (let turn = 1; turn <= 20; turn++) {
    await call.speak(1200 + 37 * turn);
    await call.answered(turn);
  }
  const ours = call.all("latency").map(({ waterfall }) =>
    waterfall.firstSampleSentMs! - waterfall.speechEndMs
  );
  const mean = ours.reduce((a, b) => a + b) / ours.length;
  const words = ANSWER.split(" ").length;
  const firstWords = ANSWER.slice(0, ANSWER.indexOf(".")).split(" ").length;
  const critical = SOFT_PAUSE_MS + STT_MS + FIRST_TOKEN_MS + firstWords * TOKEN_MS + FIRST_AUDIO_MS;
  const sequential = HANGOVER_MS + STT_MS + FIRST_TOKEN_MS + words * TOKEN_MS + FIRST_AUDIO_MS +
    ANSWER.length * MS_PER_CHARACTER / SYNTHESIS_SPEED;
  print(`each stage after the whole of the one before: ${sequential.toFixed(0)} ms`);
  print(`critical path from the soft pause:            ${critical.toFixed(0)} ms`);
  print(
    `ours, mean of 20 turns:                       ${mean.toFixed(0)} ms ` +
      `(${(mean - critical).toFixed(0)} ms over the critical path, goal ≤ 60; ` +
      `${(mean / sequential).toFixed(2)} of sequential, goal ≤ 0.40)`,
  );
}
