import { type Hours, WEEKDAYS } from "./agent.ts";

/** Tells whether people are there at a moment; without hours they always are. */
export function isOpen(hours: Hours | undefined, wallMs: number): boolean {
  if (!hours) return true;
  const { date, weekday, minute } = localTime(hours.timeZone, wallMs);
  if (hours.holidays.includes(date)) return false;
  return hours.days[weekday].some(({ opensMin, closesMin }) =>
    minute >= opensMin && minute < closesMin
  );
}

function localTime(timeZone: string, wallMs: number) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    weekday: "long",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(wallMs)) part[type] = value;
  const name = part.weekday.toLowerCase();
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    weekday: WEEKDAYS.find((day) => day === name)!,
    minute: Number(part.hour) * 60 + Number(part.minute),
  };
}
