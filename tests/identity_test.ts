import assert from "node:assert/strict";
import { createIdentity, MAX_IDENTITY_TRIES } from "../lib/actions/identity.ts";

const CALLER = "+254700000001";

Deno.test("wrong proofs lock the identity for the rest of the call", () => {
  const identity = createIdentity(CALLER);
  assert.equal(identity.level, "number");
  for (let i = 1; i < MAX_IDENTITY_TRIES; i++) {
    assert.equal(identity.prove("fact", false), "wrong");
  }
  assert.equal(identity.prove("fact", false), "locked");
  assert.equal(identity.prove("fact", true), "locked");
  assert.equal(identity.level, "number");
});

Deno.test("a withheld number can't be raised by a fact", () => {
  const identity = createIdentity(undefined);
  assert.equal(identity.prove("fact", true), "locked");
  assert.equal(identity.allows("number"), false);
});

Deno.test("identity never sinks", () => {
  const identity = createIdentity(CALLER);
  assert.equal(identity.prove("code", true), "raised");
  assert.equal(identity.prove("fact", true), "raised");
  assert.equal(identity.level, "code");
});
