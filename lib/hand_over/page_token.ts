import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/** A page with a caller's words stays readable as long as a call back takes to be made. */
export const PAGE_LIFE_MS = 60 * 60 * 1000;

/** Makes the token of a page about one call: what it names can be read, but not be changed. */
export function makePageToken(secret: string, callId: string, nowMs: number): string {
  const claims = Buffer.from(JSON.stringify([callId, nowMs + PAGE_LIFE_MS])).toString("base64url");
  return `${claims}.${sign(secret, claims).toString("base64url")}`;
}

/** Reads the call's id from a token; nothing when it is not ours or too old. */
export function readPageToken(secret: string, token: string, nowMs: number): string | undefined {
  const [claims, signature, ...more] = token.slice(0, 1024).split(".");
  if (!claims || !signature || more.length > 0) return undefined;
  const given = Buffer.from(signature, "base64url");
  const expected = sign(secret, claims);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [callId, untilMs]: [string, number] = JSON.parse(
    Buffer.from(claims, "base64url").toString(),
  );
  return nowMs < untilMs ? callId : undefined;
}

function sign(secret: string, claims: string): Buffer {
  // The purpose is signed along, so that no other token of ours opens a page.
  return createHmac("sha256", secret).update(`hand-over-page/${claims}`).digest();
}
