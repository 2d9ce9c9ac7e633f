import type { CallRecord } from "../contracts/call_record.ts";
import { language } from "../languages/languages.ts";
import { phrase } from "../languages/phrases.ts";
import type { VoiceAction } from "../platform/voice_actions.ts";

/**
 * What a caller hears whose `<Dial>` brought nobody, in their own language: who calls back and under
 * which reference, and nothing that was not promised. For every other edge the usual `<Dial>` is right.
 */
export function dialDocument(
  { handOver, language: tag = "en" }: CallRecord,
  edge: "hand_over" | "dial_over",
): VoiceAction[] | undefined {
  if (edge === "hand_over" || !handOver) return undefined;
  const { reference } = handOver;
  const text = reference === undefined
    ? phrase(tag, "hand_over_failed_plain")
    : phrase(tag, "hand_over_failed_callback", { reference });
  return [{ verb: "say", text, language: language(tag).locale }, { verb: "hangup" }];
}
