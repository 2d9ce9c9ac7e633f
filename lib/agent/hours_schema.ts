import * as v from "valibot";
import { FIX_MARK, must } from "../settings/checked_yaml.ts";
import { isRealDate } from "../settings/real_date.ts";
import { block } from "../settings/yaml_block.ts";
import { type OpenRange, WEEKDAYS } from "./agent.ts";

const times = v.pipe(
  v.string(must("must be hours like 08:00-18:00", "write 08:00-18:00")),
  v.rawTransform(({ dataset, addIssue, NEVER }): OpenRange => {
    const [, h1, m1, h2, m2] = /^(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)$/.exec(dataset.value) ?? [];
    const range = { opensMin: +h1 * 60 + +m1, closesMin: +h2 * 60 + +m2 };
    const inDay = h1 !== undefined && +m1 < 60 && +m2 < 60 && range.closesMin <= 1440;
    if (inDay && range.opensMin < range.closesMin) return range;
    const fix = inDay
      ? "close after opening; put the part after midnight in the next day"
      : "write 08:00-18:00";
    addIssue({ message: `must be hours of one day${FIX_MARK}${fix}` });
    return NEVER;
  }),
);

const closed = v.pipe(v.literal("closed"), v.transform((): OpenRange[] => []));
const openOnce = v.pipe(times, v.transform((range) => [range]));
const openOften = v.pipe(
  v.array(times, must("must be hours, a list of hours, or closed", "write 08:00-18:00")),
  v.maxLength(6),
);
const day = v.optional(
  v.lazy((given) => given === "closed" ? closed : typeof given === "string" ? openOnce : openOften),
);

/** When people are there, as it is written. */
export const hours = v.pipe(
  block({
    time_zone: v.pipe(
      v.string(must("must be a time zone", "write Africa/Nairobi")),
      v.check(isTimeZone, must("must be a time zone that exists", "write Africa/Nairobi")),
    ),
    every_day: day,
    weekdays: day,
    ...Object.fromEntries(WEEKDAYS.map((name) => [name, day])) as Record<
      (typeof WEEKDAYS)[number],
      typeof day
    >,
    holidays: v.optional(
      v.pipe(
        v.array(v.pipe(
          v.string(must("must be a date", "write it like 2026-12-25")),
          v.check(isRealDate, must("must be a date", "write it like 2026-12-25")),
        )),
        v.maxLength(366),
      ),
      [],
    ),
  }, must("must be a block of time_zone and days", "indent time_zone: and weekdays: below it")),
  v.transform((value) => ({
    timeZone: value.time_zone,
    days: Object.fromEntries(WEEKDAYS.map((name, i) => [
      name,
      value[name] ?? (i < 5 ? value.weekdays : undefined) ?? value.every_day ?? [],
    ])) as Record<(typeof WEEKDAYS)[number], OpenRange[]>,
    holidays: value.holidays,
  })),
);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
