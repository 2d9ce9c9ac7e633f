import { createHmac, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";

/** Makes the bearer token with which the events of one call may be read. */
export function eventsToken(secret: string, callId: string): string {
  return createHmac("sha256", secret).update(`events:${callId}`).digest("base64url");
}

/** Tells whether an `Authorization` header carries the right to read the call's events. */
export function mayReadEvents(secret: string, callId: string, header: string | undefined): boolean {
  const given = Buffer.from(/^bearer +(\S+)$/i.exec(header ?? "")?.[1] ?? "");
  const expected = Buffer.from(eventsToken(secret, callId));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
