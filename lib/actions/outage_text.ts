import type { Outage } from "../contracts/backend.ts";
import { language } from "../languages/languages.ts";
import { timeOf } from "./spoken_facts.ts";

/** An outage as the caller hears it. */
export function outageText(
  { area, cause, since, expectedBack }: Outage,
  tag: string,
): string {
  const back = expectedBack && timeOf(expectedBack);
  return language(tag).toolTexts.outage(area, cause, timeOf(since), back);
}
