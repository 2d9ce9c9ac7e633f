import type { CallRecord } from "../contracts/call_record.ts";
import { language } from "../languages/languages.ts";
import type { VoiceAction } from "../platform/voice_actions.ts";
import { failureText } from "./failure_words.ts";

/**
 * What a caller hears whose `<Dial>` brought nobody, in their own language: why, who calls back and
 * under which reference, and nothing that was not promised. For every other edge the usual `<Dial>`
 * is right.
 */
export function dialDocument(
  { handOver, language: tag = "en" }: CallRecord,
  edge: "hand_over" | "dial_over",
): VoiceAction[] | undefined {
  if (edge === "hand_over" || !handOver) return undefined;
  const text = failureText(tag, handOver.failure ?? "unreached", handOver.reference);
  return [{ verb: "say", text, language: language(tag).locale }, { verb: "hangup" }];
}
