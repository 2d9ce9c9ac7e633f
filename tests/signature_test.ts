import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { checkSignature } from "../lib/platform/signature.ts";
import { Problem } from "../lib/server/problem.ts";

const NOW_S = 1_790_000_000;
const BODY = new TextEncoder().encode('{"kind":"call.completed"}');
const hex = (secret: string, ...parts: (string | Uint8Array)[]) => {
  const hmac = createHmac("sha256", secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
};
const header = (secret: string, t = NOW_S) => `t=${t},v1=${hex(secret, BODY, `.${t}`)}`;

function check(given: string | undefined, secrets = ["one", "two"], acceptBareHex = false): void {
  checkSignature(BODY, given, { secrets, acceptBareHex }, NOW_S * 1000);
}

function refused(given: string | undefined, secrets?: string[], acceptBareHex?: boolean): string {
  try {
    check(given, secrets, acceptBareHex);
  } catch (error) {
    assert.ok(error instanceof Problem && error.status === 401);
    return error.detail;
  }
  assert.fail(`accepted ${given}`);
}

Deno.test("a signature over body, dot and time is accepted from any configured secret", () => {
  check(header("one"));
  check(header("two"));
  check(header("one").replace(",", " , "));
  check(`v1=${"0".repeat(64)},${header("two")}`);
});

Deno.test("another secret, another body, another order and nothing at all are refused", () => {
  refused(header("three"));
  refused(`t=${NOW_S},v1=${hex("one", `${NOW_S}.`, BODY)}`);
  refused(`t=${NOW_S},v1=${hex("one", "other body", `.${NOW_S}`)}`);
  refused(undefined);
  for (
    const given of ["", "t=,v1=", "v1=" + "a".repeat(64), `t=${NOW_S}`, "rubbish", "t=1,v1=xyz"]
  ) {
    refused(given);
  }
});

Deno.test("a signature older or newer than five minutes is refused", () => {
  check(header("one", NOW_S - 299));
  check(header("one", NOW_S + 299));
  assert.match(refused(header("one", NOW_S - 301)), /300 s/);
  refused(header("one", NOW_S + 301));
});

Deno.test("a bare digest of the body is accepted only when the settings say so", () => {
  const bare = hex("two", BODY);
  refused(bare);
  check(bare, ["one", "two"], true);
  check(bare.toUpperCase(), ["two"], true);
  refused(hex("three", BODY), ["one"], true);
});

Deno.test("the refusal shows neither the secret nor the digest that would have been right", () => {
  const detail = refused(`t=${NOW_S},v1=${"0".repeat(64)}`, ["topsecret"]);
  assert.ok(!detail.includes("topsecret"));
  assert.ok(!detail.includes(header("topsecret").slice(-64)));
});

Deno.test("without secrets nothing is checked", () => check(undefined, []));
