import { createHmac } from "node:crypto";

/** What callers' numbers are hashed with: lasts as long as the secret does, and tells nothing of it. */
export function callerSalt(tokenSecret: string): string {
  return createHmac("sha256", tokenSecret).update("callers' numbers").digest("hex");
}
