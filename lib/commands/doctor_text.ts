import type { CheckResult, Level } from "../doctor/finding.ts";
import type { Ink } from "./ink.ts";

const NAME_WIDTH = 16;
const MARKS: Record<Level, string> = { green: "ok", yellow: "look", red: "FAIL" };

/** One line of the table, and below it how to mend what is not well. */
export function resultText({ name, level, finding, fix }: CheckResult, ink: Ink): string {
  const mark = ink[level](MARKS[level].padEnd(5));
  const line = `${mark} ${name.padEnd(NAME_WIDTH)} ${finding}`;
  return fix ? `${line}\n${" ".repeat(6 + NAME_WIDTH)} ${ink.dim(`→ ${fix}`)}` : line;
}

/** Sums up what was found. */
export function verdictText(results: CheckResult[], ink: Ink): string {
  const count = (level: Level) => results.filter((result) => result.level === level).length;
  const [bad, doubtful] = [count("red"), count("yellow")];
  if (bad > 0) return ink.red(`${bad} of ${results.length} would fail callers.`);
  if (doubtful > 0) return ink.yellow(`Calls work; ${doubtful} of ${results.length} want a look.`);
  return ink.green(`All ${results.length} are well.`);
}
