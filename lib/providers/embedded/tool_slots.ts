import * as v from "valibot";
import { parametersSchema } from "../../actions/parameters_schema.ts";
import { editDistance } from "../../agent/nearest.ts";
import type { Expect } from "../../contracts/expect.ts";
import type { Tool } from "../../contracts/tool.ts";
import { digitRuns } from "../../languages/digit_runs.ts";
import { wordsOf } from "../../languages/words.ts";

/** One parameter of a tool, as something a caller says. */
export interface Slot {
  field: string;
  required: boolean;
  /** `area`: one of the company's areas. `digits`: a number. `words`: whatever is said. */
  kind: "area" | "digits" | "words";
  expect: Expect;
}

const DIGIT_EXPECTS: Expect[] = [
  "msisdn",
  "account_no",
  "order_no",
  "meter_no",
  "national_id",
  "amount",
];

/** The parameters of a tool that callers can fill, from its schema. */
export function slotsOfTool(tool: Tool): Slot[] {
  const schema = parametersSchema(tool, true);
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([field, property]): Slot[] => {
    const { expect, slot } = property as { expect?: Expect; slot?: string };
    if (slot === "area") {
      return [{ field, required: required.has(field), kind: "area", expect: "free" }];
    }
    if (!expect) return [];
    const kind = DIGIT_EXPECTS.includes(expect) ? "digits" : "words";
    return [{ field, required: required.has(field), kind, expect }];
  });
}

/** Finds the value of a slot in what the caller said; for `words` it is all of it. */
export function slotValue(
  tool: Tool,
  slot: Slot,
  text: string,
  { areas, language }: { areas: readonly string[]; language: string },
): string | undefined {
  if (slot.kind === "area") return areaIn(text, areas);
  if (slot.kind === "words") return accepted(tool, slot, text.trim()) ? text.trim() : undefined;
  const runs = digitRuns(text, language).map(({ digits }) => digits);
  const candidates = [...runs].sort((a, b) => b.length - a.length);
  return [...candidates, runs.join("")].find((run) => accepted(tool, slot, run));
}

function accepted(tool: Tool, { field }: Slot, value: string): boolean {
  const { issues } = v.safeParse(tool.parameters, { [field]: value });
  return !issues?.some(({ path }) => path?.[0].key === field);
}

/** The area that the text names, by its own spelling; a letter or two may be misheard. */
export function areaIn(text: string, areas: readonly string[]): string | undefined {
  return areaMatches(text, areas).sort((a, b) => a.distance - b.distance)[0]?.area;
}

/** The text with the names of areas replaced. */
export function withoutAreas(text: string, areas: readonly string[], by: string): string {
  const words: (string | undefined)[] = wordsOf(text);
  for (const { from, count } of areaMatches(text, areas)) {
    words.fill(undefined, from, from + count);
    words[from] = by;
  }
  return words.filter((word) => word !== undefined).join(" ");
}

function areaMatches(text: string, areas: readonly string[]) {
  const words = wordsOf(text);
  return areas.flatMap((area) => {
    const wanted = wordsOf(area);
    const name = wanted.join("");
    const allowed = name.length >= 9 ? 2 : name.length >= 6 ? 1 : 0;
    return words.flatMap((_, from) => {
      const said = words.slice(from, from + wanted.length).join("");
      if (Math.abs(said.length - name.length) > allowed) return [];
      const distance = editDistance(said, name);
      return distance <= allowed ? [{ area, from, count: wanted.length, distance }] : [];
    });
  });
}
