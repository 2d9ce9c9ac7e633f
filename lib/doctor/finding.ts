/** Green works; yellow works, but look at it by day; red will fail callers. */
export type Level = "green" | "yellow" | "red";

/** What a check found, and how to mend it. */
export interface Finding {
  level: Level;
  finding: string;
  fix?: string;
}

/** One thing to look at. */
export interface Check {
  name: string;
  run(signal: AbortSignal): Finding | Promise<Finding>;
}

/** A finding with the name of its check. */
export type CheckResult = Finding & { name: string };

export function green(finding: string): Finding {
  return { level: "green", finding };
}

export function yellow(finding: string, fix: string): Finding {
  return { level: "yellow", finding, fix };
}

export function red(finding: string, fix: string): Finding {
  return { level: "red", finding, fix };
}

/** Makes one finding of several: the worst level, and the words of all that are not green. */
export function worstOf(findings: Finding[], allWell: string): Finding {
  const level = (["red", "yellow"] as const)
    .find((level) => findings.some((finding) => finding.level === level));
  if (!level) return green(allWell);
  const bad = findings.filter((finding) => finding.level !== "green");
  const fixes = new Set(bad.flatMap(({ fix }) => fix ?? []));
  return {
    level,
    finding: bad.map(({ finding }) => finding).join("; "),
    fix: [...fixes].join("; "),
  };
}

/** An error's words, for a finding. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
