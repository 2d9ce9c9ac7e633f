import { type CallerContext, contextLines, newsFor } from "./caller_context.ts";
import type { Agent } from "../agent/agent.ts";
import type { PastCall } from "./caller_memory.ts";
import type { Clock } from "../clock.ts";
import type { PhraseName } from "../languages/phrase_names.ts";
import type { Heard } from "../speaking/heard.ts";

/** What an opening needs of the call that it opens. */
export interface OpeningOptions {
  agent: Agent;
  clock: Clock;
  /** Never rejects. */
  context: Promise<CallerContext>;
  /** Names in a language what a call was about. */
  about(intent: string, language: string): string | undefined;
  /** True when the engine makes no sentences of its own about earlier calls. */
  tellsPastCall: boolean;
  language(): string;
  phrase(name: PhraseName, values: Record<string, string>): string;
  say(text: string, kind: "consent" | "greeting"): Promise<Heard>;
  /** Says it now when nobody else speaks or is about to, else before the next answer. */
  tell(name: string, text: string): void;
  /** The caller has been told that the call is recorded. */
  onConsent?(): void;
  /** What a model is told of the caller. */
  onContext(lines: (language: string) => string[]): void;
  signal: AbortSignal;
}

const DAY_MS = 86_400_000;

/**
 * Opens a call: says that it is recorded, greets, and tells once what every caller of the area must
 * hear. What has to be fetched for that is fetched meanwhile, and nothing waits for it.
 */
export async function openCall(options: OpeningOptions): Promise<void> {
  const { agent, context, about, language, say, signal } = options;
  let known: CallerContext | undefined;
  const fetched = context.then((found) => {
    known = found;
    options.onContext((tag) =>
      contextLines(found, tag, (intent) => about(intent, tag) ?? intent.replaceAll("_", " "))
    );
  });
  if (agent.recording.enabled) {
    const heard = await say(agent.recording.consent[language()], "consent");
    if (signal.aborted) return;
    // Who talked over it has not been told, and is not recorded.
    if (heard.whole && heard.heardMs > 0) options.onConsent?.();
  }
  await say(agent.greeting[language()], "greeting");
  if (!known) await fetched;
  if (signal.aborted) return;
  const news = newsFor(known!, language());
  if (news.length) options.tell("notice", news.join(" "));
  const reminder = options.tellsPastCall && pastCallText(known!.past, options);
  if (reminder && !news.length) options.tell("repeat_call", reminder);
}

/** "You called yesterday about your router", when that was not resolved and can be named. */
function pastCallText(
  past: PastCall | undefined,
  { about, language, phrase, agent, clock }: OpeningOptions,
): string | undefined {
  if (!past || past.resolved) return undefined;
  const topic = past.intents.map((intent) => about(intent, language())).find(Boolean);
  if (!topic) return undefined;
  const day = (ms: number) => {
    const timeZone = agent.hours?.timeZone ?? "Africa/Nairobi";
    return Date.parse(new Date(ms).toLocaleDateString("en-CA", { timeZone })) / DAY_MS;
  };
  const daysAgo = day(clock.wallMs()) - day(past.beganMs);
  const name = daysAgo === 0
    ? "repeat_call_today"
    : daysAgo === 1
    ? "repeat_call_yesterday"
    : "repeat_call_earlier";
  return phrase(name, { topic });
}
