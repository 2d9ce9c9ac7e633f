import assert from "node:assert/strict";
import { eventsToken, mayReadEvents } from "../lib/server/events_token.ts";
import { makeAudioToken, readAudioToken, TOKEN_LIFE_MS } from "../lib/platform/audio_token.ts";

const SECRET = "s".repeat(32);
const NOW_MS = 1_790_000_000_000;

Deno.test("a token says which call it is for, until its minute is over", () => {
  const token = makeAudioToken(SECRET, "HD_0a8d5911d055", NOW_MS);
  const claims = readAudioToken(SECRET, token, NOW_MS + TOKEN_LIFE_MS - 1);
  assert.equal(claims?.callId, "HD_0a8d5911d055");
  assert.equal(claims?.expiresMs, NOW_MS + TOKEN_LIFE_MS);
  assert.equal(readAudioToken(SECRET, token, NOW_MS + TOKEN_LIFE_MS), undefined);
});

Deno.test("no two tokens are alike, so that each can be spent once", () => {
  const nonces = Array.from({ length: 50 }, () => {
    return readAudioToken(SECRET, makeAudioToken(SECRET, "a", NOW_MS), NOW_MS)!.nonce;
  });
  assert.equal(new Set(nonces).size, 50);
});

Deno.test("a token that was changed anywhere, or signed with another secret, is not ours", () => {
  const token = makeAudioToken(SECRET, "HD_1", NOW_MS);
  for (let i = 0; i < token.length - 1; i++) {
    const changed = token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1);
    assert.equal(readAudioToken(SECRET, changed, NOW_MS), undefined, `at ${i}`);
  }
  assert.equal(readAudioToken("t".repeat(32), token, NOW_MS), undefined);
  for (const other of ["", ".", "...", "a.b.c.d", token + token, "x".repeat(10_000)]) {
    assert.equal(readAudioToken(SECRET, other, NOW_MS), undefined);
  }
});

Deno.test("a token fits into a path as it is, whatever the call is called", () => {
  for (const callId of ["HD_1", "a/b?c#d", "é", "x".repeat(128)]) {
    const token = makeAudioToken(SECRET, callId, NOW_MS);
    assert.match(token, /^[\w.-]+$/);
    assert.equal(readAudioToken(SECRET, token, NOW_MS)?.callId, callId);
  }
});

Deno.test("a token of one kind opens nothing of the other", () => {
  const bearer = `Bearer ${eventsToken(SECRET, "HD_1")}`;
  assert.ok(mayReadEvents(SECRET, "HD_1", bearer));
  assert.ok(mayReadEvents(SECRET, "HD_1", bearer.replace("Bearer", "bearer")));
  assert.ok(!mayReadEvents(SECRET, "HD_2", bearer));
  assert.ok(!mayReadEvents(SECRET, "HD_1", undefined));
  assert.ok(!mayReadEvents(SECRET, "HD_1", `Bearer ${makeAudioToken(SECRET, "HD_1", NOW_MS)}`));
  assert.equal(readAudioToken(SECRET, eventsToken(SECRET, "HD_1"), NOW_MS), undefined);
});
