import { testLlmContract } from "./contracts/llm_contract.ts";
import { testSttContract } from "./contracts/stt_contract.ts";
import { testTtsContract } from "./contracts/tts_contract.ts";
import { down, open } from "./gemini_rig.ts";
import { chunk, sse } from "./gemini_server.ts";
import { say } from "./tone_speech.ts";

testSttContract("Gemini's whole-utterance recogniser", async () => {
  const { server, gemini, close } = await open();
  const failing = await open(down);
  return {
    stt: gemini.stt,
    speech: [
      { samples: say("balance", "order"), words: /^balance order$/ },
      { samples: say("outage"), words: /^outage$/ },
    ],
    partials: false,
    confidence: false,
    busy: () => server.requests.openCount,
    failing: [{ name: "a Gemini that is down", stt: failing.gemini.stt, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

testTtsContract("Gemini's voice", async () => {
  const { server, gemini, close } = await open();
  const failing = await open(down);
  return {
    tts: gemini.tts,
    language: "en",
    sentences: [
      "Your balance is five hundred shillings and is due on Friday.",
      "There is no outage in your area.",
    ],
    deterministic: true,
    streams: true,
    busy: () => server.requests.openCount,
    failing: [{ name: "a Gemini that is down", tts: failing.gemini.tts, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

testLlmContract("Gemini's text model", async () => {
  const { server, gemini, close } = await open({
    answer(exchange, requests) {
      const { body } = exchange;
      const part = body.contents.at(-1).parts[0];
      if (part.functionResponse) {
        const said: string = part.functionResponse.response.say;
        return sse(requests, exchange, [chunk([{ text: said }]), chunk([], "STOP")]);
      }
      if (!body.tools || !part.text.includes("account")) return undefined;
      const name = body.tools[0].functionDeclarations[0].name;
      return sse(requests, exchange, [
        chunk(
          [{ functionCall: { name, args: { number: "7" } }, thoughtSignature: "c2ln" }],
          "STOP",
        ),
      ]);
    },
  });
  const failing = await open(down);
  return {
    llm: gemini.llm,
    turns: [
      { text: "about my bill", reply: /about my bill/ },
      { text: "about my order", reply: /about my order/ },
    ],
    toolTurn: {
      text: "my account",
      tool: {
        name: "get_account",
        description: "Looks up an account.",
        parameters: { type: "object", properties: { number: { type: "string" } } },
      },
      args: { number: "7" },
      outcome: { data: { balance: 500 }, say: "Five hundred shillings." },
      reply: /Five hundred/,
    },
    streams: true,
    busy: () => server.requests.openCount,
    failing: [{ name: "a Gemini that is down", llm: failing.gemini.llm, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});
