import assert from "node:assert/strict";
import fc from "fast-check";
import type { VoiceAction } from "../lib/platform/voice_actions.ts";
import { escapeXml, toJson, toXml, voiceDocument } from "../lib/platform/voice_document.ts";

const STREAM: VoiceAction = {
  verb: "stream",
  stream: {
    callId: "HD_1",
    url: "wss://agent.example/audio/t.o.k",
    statusUrl: "https://agent.example/stream-status?call=HD_1&x=1",
    track: "inbound_track",
  },
};
const REDIRECT: VoiceAction = { verb: "redirect", url: "https://agent.example/voice?a=1&b=2" };
const dial = (target: object): VoiceAction => ({
  verb: "dial",
  target,
  callerId: "+254709900100",
  timeoutMs: 25_000,
});
const body = (...actions: VoiceAction[]) => /<Response>(.*)<\/Response>$/s.exec(toXml(actions))![1];

Deno.test("a stream has every attribute without which a call is silent or short", () => {
  assert.equal(
    body(STREAM, REDIRECT),
    '<Stream name="pokea" url="wss://agent.example/audio/t.o.k" track="inbound_track" ' +
      'connect="true" outputSamplingRate="16000" bidirectionalSamplingRate="16000" ' +
      'statusCallback="https://agent.example/stream-status?call=HD_1&amp;x=1" ' +
      'statusEvents="stream-started stream-stopped stream-error" ' +
      'headerMetadata="{&quot;callSid&quot;:&quot;HD_1&quot;}" ' +
      'openMetadata="{&quot;callSid&quot;:&quot;HD_1&quot;}"/>' +
      '<Redirect method="POST">https://agent.example/voice?a=1&amp;b=2</Redirect>',
  );
});

Deno.test("as JSON the metadata is a string, the numbers are numbers, and nothing follows", () => {
  const { actions } = toJson([STREAM, REDIRECT]);
  assert.equal(actions.length, 1);
  const stream = actions[0].stream as Record<string, unknown>;
  assert.equal(stream.headerMetadata, '{"callSid":"HD_1"}');
  assert.equal(stream.connect, true);
  assert.equal(stream.outputSamplingRate, 16000);
});

Deno.test("an id that the media server would mangle stays out of the metadata", () => {
  const odd: VoiceAction = { ...STREAM, stream: { ...STREAM.stream, callId: "it's" } };
  assert.ok(!body(odd).includes("Metadata"));
});

Deno.test("people are dialled by number, list, SIP address or queue", () => {
  const attributes = 'callerId="+254709900100" timeout="25"';
  assert.equal(
    body(dial({ number: "+254712345678" })),
    `<Dial ${attributes}><Number>+254712345678</Number></Dial>`,
  );
  assert.equal(
    body(dial({ numbers: ["+254712345678", "+254712345679"] })),
    `<Dial ${attributes} phoneNumbers="+254712345678,+254712345679"/>`,
  );
  assert.equal(
    body(dial({ sip: "sip:a&b@pbx.example" })),
    `<Dial ${attributes}><Sip>sip:a&amp;b@pbx.example</Sip></Dial>`,
  );
  assert.equal(body(dial({ queue: "support" })), '<Conference name="support"/>');
  const eventsUrl = "https://agent.example/events?call=HD_1";
  assert.equal(
    body({ ...dial({ queue: "support" }), eventsUrl } as VoiceAction),
    '<Conference name="support" statusEventsCallbackUrl="https://agent.example/events?call=HD_1" ' +
      'statusEvents="start end join leave"/>',
  );
  const told = toJson([{ ...dial({ queue: "support" }), eventsUrl } as VoiceAction]).actions[0];
  assert.deepEqual(told, {
    conference: {
      name: "support",
      statusEventsCallbackUrl: eventsUrl,
      statusEvents: "start end join leave",
    },
  });
  assert.deepEqual(toJson([dial({ numbers: ["+254712345678"] }), REDIRECT]).actions, [
    { dial: { numbers: ["+254712345678"], callerId: "+254709900100", timeout: 25 } },
    { redirect: { url: "https://agent.example/voice?a=1&b=2", method: "POST" } },
  ]);
  assert.deepEqual(toJson([dial({ queue: "support" }), REDIRECT]).actions, [
    { conference: { name: "support" } },
  ]);
});

Deno.test("the other verbs are written in both forms", () => {
  const actions: VoiceAction[] = [
    { verb: "say", text: "Habari & karibu <3", language: "sw-KE" },
    { verb: "reject" },
    { verb: "hangup" },
  ];
  assert.equal(
    body(...actions),
    '<Say language="sw-KE">Habari &amp; karibu &lt;3</Say><Reject/><Hangup/>',
  );
  assert.deepEqual(toJson(actions).actions, [
    { say: { text: "Habari & karibu <3", language: "sw-KE" } },
    { reject: {} },
    { hangup: {} },
  ]);
});

Deno.test("no answer is an empty document", async () => {
  const response = voiceDocument([], "xml");
  assert.equal(response.headers.get("content-type"), "application/xml");
  assert.match(await response.text(), /<Response><\/Response>$/);
  assert.deepEqual(await voiceDocument([], "json").json(), { actions: [] });
});

Deno.test("no text can break out of its place, and none holds what XML can't", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const written = escapeXml(text + "\u0007\u0000\ud800");
    // deno-lint-ignore no-control-regex -- control characters are what must not be there
    assert.ok(!/[<>"'\x00-\x08\x0b\x0c\x0e-\x1f]/.test(written));
    assert.ok(written.isWellFormed());
    assert.ok(!/&(?!(amp|lt|gt|quot|apos);)/.test(written));
  }));
});
