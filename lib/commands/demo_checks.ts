import type { Expectations } from "../scenarios/scenario.ts";
import type { CallReport } from "../simulator/call_report.ts";

/** What one line of the demo is there to show. */
export type DemoTurn = { expect: Pick<Expectations, "says" | "calls" | "interrupted" | "person"> };

/** Says in sentences what a demo call should have shown and did not. */
export function missingFromDemo(
  { events, turns }: Pick<CallReport, "events" | "turns">,
  demo: readonly DemoTurn[],
): string[] {
  const seen = (type: string, matches: (event: Record<string, unknown>) => boolean = () => true) =>
    events.some((event) => event.type === type && matches(event));
  const heard = turns.map(({ agent }) => letters(agent ?? ""));
  const says = demo.flatMap(({ expect }) => expect.says);
  const calls = demo.flatMap(({ expect }) => expect.calls);
  const checks: [boolean, string][] = [
    ...says.map((piece): [boolean, string] => [
      heard.some((text) => text.includes(letters(piece))),
      `No question was answered from the knowledge files: nobody said “${piece}”.`,
    ]),
    ...calls.map((name): [boolean, string] => [
      seen("tool_call", (event) => event.name === name && event.ok === true),
      `${name} was not called.`,
    ]),
    [
      !demo.some(({ expect }) => expect.interrupted) || seen("barge_in") && seen("kill_audio"),
      "The agent did not stop when the caller spoke over it.",
    ],
    [
      !demo.some(({ expect }) => expect.person) || seen("put_through") ||
      seen("supervisor", (event) => event.state === "connected"),
      "The caller did not get a person.",
    ],
  ];
  return checks.filter(([isShown]) => !isShown).map(([, sentence]) => sentence);
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
