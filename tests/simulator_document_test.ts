import assert from "node:assert/strict";
import { parseDocument } from "../lib/simulator/document.ts";
import { DocumentError } from "../lib/simulator/verbs.ts";
import { parseXml, XmlError } from "../lib/simulator/xml.ts";

const STREAM = `<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Stream url="wss://agent.example/audio/t?a=1&amp;b=2" track="inbound_track" connect="true"
    outputSamplingRate="16000" bidirectionalSamplingRate="16000" headerMetadata='{"callId":"HD_1"}'
    statusCallback="https://agent.example/stream-status" statusEvents="stream-started stream-error"/>
  <Redirect method="POST">https://agent.example/voice?after=stream</Redirect>
</Response>`;

Deno.test("a Stream document gives its attributes, unescaped, and what trails it", () => {
  assert.deepEqual(parseDocument(STREAM, "application/xml"), [
    {
      verb: "stream",
      url: "wss://agent.example/audio/t?a=1&b=2",
      track: "inbound_track",
      connect: true,
      outputRateHz: 16000,
      bidirectionalRateHz: 16000,
      name: undefined,
      headerMetadata: '{"callId":"HD_1"}',
      openMetadata: undefined,
      statusCallback: "https://agent.example/stream-status",
      statusEvents: ["stream-started", "stream-error"],
    },
    { verb: "redirect", url: "https://agent.example/voice?after=stream", method: "POST" },
  ]);
});

Deno.test("a Stream without connect or a bidirectional rate is read as the platform reads it", () => {
  const [stream] = parseDocument(`<Response><Stream url="wss://a.example/"/></Response>`);
  assert.ok(stream.verb === "stream");
  assert.equal(stream.connect, false);
  assert.equal(stream.bidirectionalRateHz, undefined);
});

Deno.test("the same stream as JSON is the same verb", () => {
  const json = JSON.stringify({
    actions: [{
      stream: {
        url: "wss://agent.example/audio/t?a=1&b=2",
        track: "inbound_track",
        connect: true,
        outputSamplingRate: 16000,
        bidirectionalSamplingRate: 16000,
        headerMetadata: '{"callId":"HD_1"}',
        statusCallback: "https://agent.example/stream-status",
        statusEvents: "stream-started stream-error",
      },
    }],
  });
  assert.deepEqual(parseDocument(json, "application/json"), parseDocument(STREAM).slice(0, 1));
});

Deno.test("every form of a Dial names its targets", () => {
  const targets = (xml: string) => {
    const [verb] = parseDocument(`<Response>${xml}</Response>`);
    assert.ok(verb.verb === "dial");
    return verb;
  };
  assert.deepEqual(
    targets(
      `<Dial callerId="+254711111111" timeout="20"><Number> +254722222222 </Number></Dial>`,
    ),
    { verb: "dial", targets: ["+254722222222"], callerId: "+254711111111", timeoutS: 20 },
  );
  assert.deepEqual(targets(`<Dial>+1555,+1556</Dial>`).targets, ["+1555", "+1556"]);
  assert.deepEqual(targets(`<Dial phoneNumbers="+1555,+1556"/>`).targets, ["+1555", "+1556"]);
  assert.deepEqual(targets(`<Dial><Sip>sip:a@b.example</Sip></Dial>`).targets, [
    "sip:a@b.example",
  ]);
  const [json] = parseDocument(`{"actions":[{"dial":{"numbers":["+1","+2"]}}]}`);
  assert.ok(json.verb === "dial");
  assert.deepEqual(json.targets, ["+1", "+2"]);
});

Deno.test("Say, Play, GetDigits, Conference, Reject and Hangup are read in both forms", () => {
  const xml = parseDocument(`<Response>
    <Say language="sw-KE">Habari &amp; karibu &#233;</Say><Play>https://cdn.example/a.wav</Play>
    <GetDigits maxDigits="4" timeout="7" finishOnKey="*"><Say>Key it in</Say></GetDigits>
    <Conference name="queue"/><Reject reason="busy"/><Hangup/></Response>`);
  const json = parseDocument(JSON.stringify({
    actions: [
      { say: { text: "Habari & karibu é", language: "sw-KE" } },
      { play: { url: "https://cdn.example/a.wav" } },
      {
        getDigits: {
          numDigits: 4,
          timeout: 7,
          finishOnKey: "*",
          nested: [{ say: { text: "Key it in" } }],
        },
      },
      { conference: { name: "queue" } },
      { reject: { reason: "busy" } },
      { hangup: {} },
    ],
  }));
  assert.deepEqual(xml, json);
  assert.deepEqual(xml.map((verb) => verb.verb), [
    "say",
    "play",
    "getDigits",
    "conference",
    "reject",
    "hangup",
  ]);
});

Deno.test("an empty answer has no verbs", () => {
  assert.deepEqual(parseDocument(""), []);
  assert.deepEqual(parseDocument("<Response></Response>"), []);
  assert.deepEqual(parseDocument("<Response/>"), []);
});

for (
  const [name, body, message] of [
    ["text that is no document", "not found", /well-formed XML/],
    ["another root", "<Reply/>", /root must be <Response>/],
    ["an element left open", "<Response><Say>hi</Response>", /closes no open element/],
    ["a bare ampersand", "<Response><Say>a & b</Say></Response>", /& begins no known entity/],
    ["a control character", "<Response><Say>\x07</Say></Response>", /control character/],
    ["a second root", "<Response/><Response/>", /one root element/],
    ["a stream without url", "<Response><Stream/></Response>", /url must be given/],
    ["a stream over http", `<Response><Stream url="http://a"/></Response>`, /ws:\/\//],
    [
      "a rate that the platform has not",
      `<Response><Stream url="wss://a" outputSamplingRate="44100"/></Response>`,
      /8000 or 16000/,
    ],
    ["a Dial to nobody", "<Response><Dial/></Response>", /received none/],
    ["broken JSON", '{"actions":[', /valid JSON/],
    ["JSON without actions", "{}", /actions/],
    ["two verbs in one action", '{"actions":[{"say":{"text":"a"},"hangup":{}}]}', /one verb/],
    ["an unknown JSON verb", '{"actions":[{"sing":{}}]}', /no verb sing/],
    [
      "a number and a SIP address",
      '{"actions":[{"dial":{"number":"+1","sip":"sip:a"}}]}',
      /exactly/,
    ],
    [
      "metadata as an object",
      '{"actions":[{"stream":{"url":"wss://a","headerMetadata":{}}}]}',
      /must be a string/,
    ],
    ["51 verbs", `<Response>${"<Hangup/>".repeat(51)}</Response>`, /at most 50/],
  ] as const
) {
  Deno.test(`a document is refused for ${name}`, () => {
    assert.throws(() => parseDocument(body), (error) => {
      assert.ok(error instanceof DocumentError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("XML keeps CDATA, comments and attribute quotes apart", () => {
  const root = parseXml(`<a x='1 "2"'><!-- <b> --><![CDATA[1 < 2 & 3]]><c/>tail</a>`);
  assert.deepEqual(root, {
    name: "a",
    attributes: { x: '1 "2"' },
    children: [{ name: "c", attributes: {}, children: [], text: "" }],
    text: "1 < 2 & 3tail",
  });
  assert.throws(() => parseXml(`<a x="1" x="2"/>`), XmlError);
});
