import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { Problem } from "../server/problem.ts";

export interface SignatureRules {
  /** Any of them may have signed; none at all means that nothing is checked. */
  secrets: string[];
  /** Accepts a bare hex digest of the body too, which carries no time. */
  acceptBareHex: boolean;
}

/** How far the platform's clock and ours may be apart; its documentation allows five minutes. */
const WINDOW_S = 300;

/**
 * Checks `X-Sautikit-Signature`: `t=<seconds>,v1=<hex>`, the digest being HMAC-SHA256 over the body,
 * a dot and the time, in this order.
 *
 * @throws {Problem} when secrets are configured and none of them made the signature
 */
export function checkSignature(
  body: Uint8Array,
  header: string | undefined,
  rules: SignatureRules,
  nowMs: number,
): void {
  if (rules.secrets.length === 0) return;
  const signed = header === undefined ? undefined : parse(header, rules.acceptBareHex);
  if (!signed) {
    throw refusal(header === undefined ? "no header" : "a header that is not of this form");
  }
  if (signed.time !== undefined && Math.abs(nowMs / 1000 - Number(signed.time)) > WINDOW_S) {
    throw refusal(`a time more than ${WINDOW_S} s away from ours`);
  }
  // Every secret is tried for every digest, so that the time taken tells nothing.
  let matches = false;
  for (const secret of rules.secrets) {
    const hmac = createHmac("sha256", secret).update(body);
    const expected = (signed.time === undefined ? hmac : hmac.update(`.${signed.time}`)).digest();
    for (const digest of signed.digests) {
      if (timingSafeEqual(expected, digest)) matches = true;
    }
  }
  if (!matches) throw refusal("a digest that no configured secret makes");
}

interface Signed {
  /** Seconds since 1970, as written. */
  time?: string;
  digests: Uint8Array[];
}

const HEX_DIGEST = /^[0-9a-f]{64}$/;
/** More would only cost time. */
const MAX_DIGESTS = 4;

function parse(header: string, acceptBareHex: boolean): Signed | undefined {
  const bare = header.trim().toLowerCase();
  if (HEX_DIGEST.test(bare)) {
    return acceptBareHex ? { digests: [Buffer.from(bare, "hex")] } : undefined;
  }
  const parts = header.split(",", MAX_DIGESTS + 1).map((part) => part.trim());
  const time = parts.find((part) => /^t=\d{1,12}$/.test(part))?.slice(2);
  const digests = parts.filter((part) => part.startsWith("v1="))
    .map((part) => part.slice(3)).filter((hex) => HEX_DIGEST.test(hex))
    .map((hex) => Buffer.from(hex, "hex"));
  return time !== undefined && digests.length > 0 ? { time, digests } : undefined;
}

function refusal(received: string): Problem {
  return new Problem(
    401,
    "Cannot trust the request: X-Sautikit-Signature must be t=<seconds>,v1=<hex> made with one of " +
      `SAUTIKIT_SIGNING_SECRETS: received ${received}`,
  );
}
