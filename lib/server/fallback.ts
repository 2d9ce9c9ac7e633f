import { isOpen } from "../agent/hours.ts";
import type { Agent } from "../agent_file.ts";
import type { Fallback } from "./app_deps.ts";
import type { Clock } from "../clock.ts";
import { failureText } from "../hand_over/failure_words.ts";
import { language } from "../languages/languages.ts";
import { phrase } from "../languages/phrases.ts";

/** What callers get when the agent can't take their call: a person in business hours, or the truth. */
export function fallbackOf(agent: Agent, clock: Clock): Fallback {
  const [tag] = agent.languages;
  return {
    language: language(tag).locale,
    person: () => isOpen(agent.hours, clock.wallMs()) ? agent.handOver.target : undefined,
    ringMs: agent.handOver.timeoutMs,
    texts: {
      person: phrase(tag, "hand_over_start"),
      busy: phrase(tag, "overloaded"),
      broken: phrase(tag, "out_of_order"),
      unreached: failureText(tag, "unreached"),
    },
  };
}
