import { type Clock, deadline } from "../clock.ts";
import type { HandOver, HandOverRequest, HandOverStep } from "../contracts/hand_over.ts";
import { failureSentences } from "../hand_over/failure_words.ts";
import type { Journal } from "./journal.ts";
import type { PhraseName } from "../languages/phrase_names.ts";

export interface BringPersonOptions {
  handOver: HandOver;
  request: HandOverRequest;
  clock: Clock;
  journal: Journal;
  /** Says a phrase; resolves when it was heard. */
  say(name: PhraseName, values?: Record<string, string>): Promise<unknown>;
  /** Closes the socket, so that the platform can take the call on. */
  releaseLine(reason: string): void;
  signal: AbortSignal;
}

/** Nobody waits in silence for five seconds; the words themselves take a moment to begin. */
const REASSURE_AFTER_MS = 2500;

/**
 * Tells the caller the truth while a person is being brought.
 *
 * @returns `back` when the caller is still ours to help, `connected` when a person is on the line
 * beside us, `gone` when our socket was given up
 */
export async function bringPerson(
  options: BringPersonOptions,
): Promise<"back" | "connected" | "gone"> {
  const { journal, say, signal } = options;
  let released = false;
  journal.write({ type: "hand_over", state: "consented" });
  await say("hand_over_start");
  const steps = options.handOver(options.request, signal)[Symbol.asyncIterator]();
  try {
    while (true) {
      const step = await nextStep(steps, options, released);
      if (step === undefined || signal.aborted) return released ? "gone" : "back";
      journal.write({ type: "hand_over", ...recordOf(step) });
      switch (step.type) {
        case "attempting":
          if (step.releaseLine && !released) {
            released = true;
            options.releaseLine("hand-over");
          }
          break;
        case "promised":
          await say("hand_over_promise", { reference: step.reference });
          break;
        case "connected":
          return released ? "gone" : "connected";
        case "failed":
          if (released) return "gone";
          for (const { name, values } of failureSentences(step.reason, step.reference)) {
            await say(name, values);
          }
          return "back";
      }
    }
  } finally {
    // A hand-over that nobody follows any more must know, so that it goes on by itself.
    void steps.return?.();
  }
}

/** The next step; while it takes time and the caller is ours, they are told so again and again. */
async function nextStep(
  steps: AsyncIterator<HandOverStep>,
  { clock, say, signal }: BringPersonOptions,
  released: boolean,
): Promise<HandOverStep | undefined> {
  const step = steps.next().catch((error) => {
    if (signal.aborted) return { done: true as const, value: undefined };
    throw error;
  });
  while (!released) {
    const pause = deadline(clock, REASSURE_AFTER_MS, signal);
    const waited = new Promise<"waited">((resolve) =>
      pause.signal.addEventListener("abort", () => resolve("waited"), { once: true })
    );
    const first = await Promise.race([step, waited]);
    pause.clear();
    if (first !== "waited" || signal.aborted) break;
    await say("hand_over_waiting");
  }
  const result = await step;
  return result.done ? undefined : result.value;
}

function recordOf(step: HandOverStep) {
  return {
    state: step.type,
    strategy: "strategy" in step ? step.strategy : undefined,
    proof: "proof" in step ? step.proof : undefined,
    reason: "reason" in step ? step.reason : undefined,
    reference: "reference" in step ? step.reference : undefined,
  };
}
