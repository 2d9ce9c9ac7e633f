import type { CallReport } from "../simulator/call_report.ts";

/** The sample company's pay bill number, which is only in its knowledge files. */
const KNOWN_ONLY_FROM_KNOWLEDGE = /555 ?012/;

/** Says in sentences what a demo call should have shown and did not. */
export function missingFromDemo({ events, turns }: CallReport): string[] {
  const seen = (type: string, matches: (event: Record<string, unknown>) => boolean = () => true) =>
    events.some((event) => event.type === type && matches(event));
  const checks: [boolean, string][] = [
    [
      turns.some((turn) => KNOWN_ONLY_FROM_KNOWLEDGE.test(turn.agent ?? "")),
      "No question was answered from the knowledge files.",
    ],
    [
      seen("tool_call", (event) => event.name === "get_account" && event.ok === true),
      "The account was not looked up.",
    ],
    [
      seen("barge_in") && seen("kill_audio"),
      "The agent did not stop when the caller spoke over it.",
    ],
    [
      seen("put_through") || seen("supervisor", (event) => event.state === "connected"),
      "The caller did not get a person.",
    ],
  ];
  return checks.filter(([isShown]) => !isShown).map(([, sentence]) => sentence);
}
