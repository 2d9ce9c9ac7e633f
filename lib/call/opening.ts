import type { CallFacts } from "../contracts/line.ts";
import type { CallDependencies } from "./call_dependencies.ts";
import { type CallerContext, contextLines, fetchCallerContext, newsFor } from "./caller_context.ts";
import type { PastCall } from "./caller_memory.ts";
import type { Mind } from "./mind.ts";
import type { Mouth } from "./mouth.ts";

/** What an opening needs of the call that it opens. */
export interface OpeningOptions {
  facts: CallFacts;
  dependencies: CallDependencies;
  mind: Mind;
  mouth: Mouth;
  /** Says it now when nobody else speaks or is about to, else before the next answer. */
  tell(name: string, text: string): void;
  signal: AbortSignal;
}

const DAY_MS = 86_400_000;

/**
 * Opens a call: says that it is recorded, greets, and tells once what every caller of the area must
 * hear. What has to be fetched for that is fetched meanwhile, and nothing waits for it.
 */
export async function openCall(options: OpeningOptions): Promise<void> {
  const { facts, dependencies, mind, mouth, signal } = options;
  const { agent, engineNames, topicOf, onConsent } = dependencies;
  let known: CallerContext | undefined;
  const fetched = fetchCallerContext({ ...dependencies, ...facts }, signal).then((found) => {
    known = found;
    mind.aboutCaller = (tag) =>
      contextLines(found, tag, (intent) => topicOf?.(intent, tag) ?? intent.replaceAll("_", " "));
  });
  const say = (text: string, isProtected: boolean) =>
    mouth.say(text, mind.language, { kind: "greeting", isProtected, signal });
  if (agent.recording.enabled) {
    const heard = await say(agent.recording.consent[mind.language], true);
    if (signal.aborted) return;
    // Who talked over it has not been told, and is not recorded.
    if (heard.whole && heard.heardMs > 0) onConsent?.();
  }
  await say(agent.greeting[mind.language], false);
  if (!known) await fetched;
  if (signal.aborted) return;
  const news = newsFor(known!, mind.language);
  if (news.length) options.tell("notice", news.join(" "));
  // A language model makes sentences of its own about earlier calls.
  const reminder = engineNames.llm === "embedded" && pastCallText(known!.past, mind, dependencies);
  if (reminder && !news.length) options.tell("repeat_call", reminder);
}

/** "You called yesterday about your router", when that was not resolved and can be named. */
function pastCallText(
  past: PastCall | undefined,
  mind: Mind,
  { topicOf, agent, clock }: CallDependencies,
): string | undefined {
  if (!past || past.resolved) return undefined;
  const topic = past.intents.map((intent) => topicOf?.(intent, mind.language)).find(Boolean);
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
  return mind.phrase(name, { topic });
}
