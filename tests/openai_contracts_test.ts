import { testLlmContract } from "./contracts/llm_contract.ts";
import { testSttContract } from "./contracts/stt_contract.ts";
import { testTtsContract } from "./contracts/tts_contract.ts";
import { down, open } from "./openai_rig.ts";
import { chat, delta } from "./openai_server.ts";
import { say } from "./tone_speech.ts";

testSttContract("an OpenAI-compatible recogniser", async () => {
  const { stt, server, close } = await open();
  const failing = await open(down);
  return {
    stt,
    speech: [
      { samples: say("balance", "order"), words: /^balance order$/ },
      { samples: say("outage"), words: /^outage$/ },
    ],
    partials: false,
    confidence: false,
    busy: () => server.requests.openCount,
    failing: [{ name: "a server that is down", stt: failing.stt, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

testTtsContract("an OpenAI-compatible voice", async () => {
  const { tts, server, close } = await open();
  const failing = await open(down);
  return {
    tts,
    language: "en",
    sentences: [
      "Your balance is five hundred shillings and is due on Friday.",
      "There is no outage in your area.",
    ],
    deterministic: true,
    streams: true,
    busy: () => server.requests.openCount,
    failing: [{ name: "a server that is down", tts: failing.tts, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

testLlmContract("an OpenAI-compatible chat model", async () => {
  const { llm, server, close } = await open({
    answer(exchange, requests) {
      const { messages, tools } = exchange.body;
      const last = messages.at(-1);
      if (last.role === "tool") {
        const { say } = JSON.parse(last.content);
        return chat(requests, exchange, [delta({ content: say }), delta({}, "stop")]);
      }
      if (!tools || !last.content.includes("account")) return undefined;
      const call = {
        index: 0,
        function: { name: tools[0].function.name, arguments: '{"number":"7"}' },
      };
      return chat(requests, exchange, [delta({ tool_calls: [call] }), delta({}, "tool_calls")]);
    },
  });
  const failing = await open(down);
  return {
    llm,
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
    failing: [{ name: "a server that is down", llm: failing.llm, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});
