import type { CallReport } from "../simulator/call_report.ts";

/** Says in sentences what a demo call should have shown and did not. */
export function missingFromDemo(report: CallReport): string[] {
  const seen = (type: string, matches: (event: Record<string, unknown>) => boolean = () => true) =>
    report.events.some((event) => event.type === type && matches(event));
  const checks: [boolean, string][] = [
    [
      seen("looked_up", (event) => typeof event.topic === "string"),
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
    [seen("dialled"), "No person's phone was rung."],
    [seen("put_through"), "The caller was not put through to a person."],
  ];
  return checks.filter(([isShown]) => !isShown).map(([, sentence]) => sentence);
}
