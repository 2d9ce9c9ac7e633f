import type { Clock } from "../clock.ts";

/** A clock that runs like `clock` and whose calendar says `wallMs` now. */
export function calendarClock(clock: Clock, wallMs: number): Clock {
  const offsetMs = wallMs - clock.wallMs();
  return { ...clock, wallMs: () => clock.wallMs() + offsetMs };
}
