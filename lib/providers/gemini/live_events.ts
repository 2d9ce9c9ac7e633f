import type { LiveServerMessage } from "@google/genai";
import type { GeminiUsage } from "./gemini_usage.ts";

/** What a Live connection tells the one who uses it. */
export type LiveEvent =
  /** All words since the last settled ones, as they sound so far. */
  | { type: "interim"; text: string }
  | { type: "settled"; text: string; language?: string }
  /** The model has said all that it will say. */
  | { type: "complete" }
  /** The service has seen the end of the activity. */
  | { type: "end_seen" }
  | { type: "usage"; usage: GeminiUsage }
  /** The service will close this connection soon. */
  | { type: "leaving" }
  | { type: "closed"; reason: string };

/** Reads one message of the Live API. */
export function liveEvents(message: LiveServerMessage): LiveEvent[] {
  const events: LiveEvent[] = [];
  const { serverContent: content, usageMetadata, voiceActivity, goAway } = message;
  const interim = content?.interimInputTranscription?.text;
  if (interim) events.push({ type: "interim", text: interim });
  const settled = content?.inputTranscription;
  if (settled?.text) {
    const tag = settled.languageCode?.split("-")[0];
    events.push({ type: "settled", text: settled.text, ...tag ? { language: tag } : {} });
  }
  if (usageMetadata) events.push({ type: "usage", usage: usageMetadata });
  if (content?.generationComplete || content?.turnComplete) events.push({ type: "complete" });
  // The SDK's types call this field `voiceActivityType`; the service sends `type`.
  const activity = voiceActivity as { type?: string; voiceActivityType?: string } | undefined;
  if ((activity?.voiceActivityType ?? activity?.type) === "ACTIVITY_END") {
    events.push({ type: "end_seen" });
  }
  if (goAway) events.push({ type: "leaving" });
  return events;
}
