import type { CallEvent } from "../contracts/call_event.ts";

/**
 * Most UTF-16 units of JSON in one stored value. Deno KV takes 65,536 bytes of V8's own format, in
 * which a unit needs two bytes at most, so this leaves a margin for the format's headers.
 */
export const MAX_VALUE_UNITS = 31_000;
/** Most UTF-16 units of one text within an event; the rest is cut and replaced by an ellipsis. */
export const MAX_TEXT_UNITS = 4_000;

/** Groups events, in order, into pieces that each fit into one stored value. */
export function inPieces(events: readonly CallEvent[]): CallEvent[][] {
  const pieces: CallEvent[][] = [];
  let units = Infinity;
  for (const event of events) {
    const fitting = fit(event);
    const size = JSON.stringify(fitting).length + 1;
    if (units + size > MAX_VALUE_UNITS) {
      pieces.push([]);
      units = 2;
    }
    pieces[pieces.length - 1].push(fitting);
    units += size;
  }
  return pieces;
}

/** The event with its texts cut so far that it fits into one value. */
function fit(event: CallEvent): CallEvent {
  if (JSON.stringify(event).length <= MAX_TEXT_UNITS) return event;
  return JSON.parse(JSON.stringify(event, (_key, value) => {
    if (typeof value !== "string" || value.length <= MAX_TEXT_UNITS) return value;
    return value.slice(0, MAX_TEXT_UNITS - 1) + "…";
  }));
}
