import { Buffer } from "node:buffer";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** How long after the answer the platform may open the socket; it takes 10 s at most. */
export const TOKEN_LIFE_MS = 60_000;

/** Stands for no call in a token: its socket only shows that it can be opened. */
export const DOCTOR_CALL_ID = "doctor";

/** The right to open the audio socket of one call, once. */
export interface AudioToken {
  callId: string;
  /** Unlike any other token's; whoever first spends it wins. */
  nonce: string;
  /** Milliseconds since 1970. */
  expiresMs: number;
}

const NONCE_BYTES = 12;
const MAX_TOKEN_UNITS = 512;

/**
 * Makes the token that stands in the path of the audio socket. It holds the call's id, so that any
 * process with the same secret can take the socket, and nothing about the caller.
 */
export function makeAudioToken(secret: string, callId: string, nowMs: number): string {
  const claims = [
    (nowMs + TOKEN_LIFE_MS).toString(36),
    randomBytes(NONCE_BYTES).toString("base64url"),
    Buffer.from(callId).toString("base64url"),
  ].join(".");
  return `${claims}.${sign(secret, claims).toString("base64url")}`;
}

/** Reads a token, or nothing when it was not made with `secret` or its time is over. */
export function readAudioToken(
  secret: string,
  token: string,
  nowMs: number,
): AudioToken | undefined {
  if (token.length > MAX_TOKEN_UNITS) return undefined;
  const cut = token.lastIndexOf(".");
  const expected = sign(secret, token.slice(0, Math.max(0, cut)));
  const given = Buffer.from(token.slice(cut + 1), "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [expires, nonce, callId] = token.slice(0, cut).split(".");
  const expiresMs = parseInt(expires, 36);
  if (expiresMs <= nowMs) return undefined;
  return { callId: Buffer.from(callId, "base64url").toString(), nonce, expiresMs };
}

function sign(secret: string, claims: string): Buffer {
  return createHmac("sha256", secret).update(`audio:${claims}`).digest();
}
