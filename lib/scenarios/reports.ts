import type { Result } from "./run_scenarios.ts";

/** How a scenario went, in a word. */
export function mark({ verdict }: Result): "pass" | "unsure" | "FAIL" {
  return verdict.passed ? "pass" : verdict.safe ? "unsure" : "FAIL";
}

/** A line for each scenario, and what was wrong below it. */
export function resultTable(results: readonly Result[]): string[] {
  const width = Math.max(8, ...results.map(({ scenario }) => scenario.name.length));
  return results.flatMap((result) => {
    const { scenario, tookMs } = result;
    const { repeats = 0 } = result.evidence;
    const head = [
      mark(result).padEnd(6),
      scenario.name.padEnd(width),
      scenario.hostile ? "hostile" : "       ",
      `${tookMs.toFixed(0)} ms`.padStart(9),
      ...(repeats ? [`asked again ${repeats === 1 ? "once" : `${repeats} times`}`] : []),
    ].join("  ");
    return [head, ...problemLines(result).map((line) => `        ${line}`)];
  });
}

/** Everything that was wrong, with the file and line that expected otherwise. */
export function problemLines({ scenario, verdict }: Result): string[] {
  const turns = verdict.turns.flatMap(({ problems, heard }, i) => {
    const { line, caller } = scenario.turns[i];
    if (problems.length === 0) return [];
    const understood = heard && heard !== caller ? ` (understood: ${heard})` : "";
    return [
      `${scenario.file}:${line}: “${caller}”${understood}`,
      ...problems.map((problem) => `  ${problem}`),
    ];
  });
  const whole = verdict.problems.map((problem) => `${scenario.file}:${scenario.line}: ${problem}`);
  return [...turns, ...whole];
}

/** JUnit's XML, as build servers read it. */
export function junit(results: readonly Result[]): string {
  const failed = results.filter(({ verdict }) => !verdict.passed);
  const seconds = (ms: number) => (ms / 1000).toFixed(3);
  const totalMs = results.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const cases = results.map((result) => {
    const { scenario, verdict, tookMs } = result;
    const head =
      `    <testcase classname="${escape(scenario.file)}" name="${escape(scenario.name)}" ` +
      `time="${seconds(tookMs)}"`;
    if (verdict.passed) return `${head}/>`;
    const lines = problemLines(result);
    return [
      `${head}>`,
      `      <failure message="${escape(lines[0] ?? "")}">${escape(lines.join("\n"))}</failure>`,
      "    </testcase>",
    ].join("\n");
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${results.length}" failures="${failed.length}">`,
    `  <testsuite name="scenarios" tests="${results.length}" failures="${failed.length}" ` +
    `time="${seconds(totalMs)}">`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function escape(text: string): string {
  return text
    // What XML 1.0 can't hold at all.
    // deno-lint-ignore no-control-regex -- these are the characters that are taken out
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** The command that lets a simulated phone make the call of a record again. */
export function replayCommand(recordPath: string): string {
  return `deno task call ${/^[\w./-]+$/.test(recordPath) ? recordPath : shell(recordPath)}`;
}

function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
