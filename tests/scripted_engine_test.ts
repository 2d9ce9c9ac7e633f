import type { BridgeWorld } from "./bridge_world.ts";
import { systemClock } from "../lib/clock.ts";
import { testLlmContract } from "./contracts/llm_contract.ts";
import { testTtsContract } from "./contracts/tts_contract.ts";
import { scriptedEngine } from "./scripted_engine.ts";

/** The engine of the fault matrix, in real time. */
const open = () => {
  const world = { clock: systemClock, saidLast: "" } as unknown as BridgeWorld;
  return scriptedEngine(world, (said, { tools }) => {
    if (tools.length > 0) return { call: { name: tools[0].name, args: {} } };
    return { text: said.includes("bill") ? "By M-Pesa." : "In Maua Plaza." };
  });
};

testLlmContract("The scripted brain", () =>
  Promise.resolve({
    llm: open().llm,
    turns: [
      { text: "how do i pay my bill", reply: /M-Pesa/ },
      { text: "where is your office", reply: /Maua/ },
    ],
    toolTurn: {
      text: "what is my balance",
      tool: { name: "get_account", description: "Looks up.", parameters: { type: "object" } },
      args: {},
      outcome: { data: {}, say: "You have KES 1 to pay." },
      reply: /what I found/,
    },
    streams: false,
    close: () => {},
  }));

testTtsContract("The scripted voice", () =>
  Promise.resolve({
    tts: open().tts,
    language: "en",
    sentences: [
      "Your balance is one hundred shillings, and it is due on Friday.",
      "We open at eight in the morning.",
    ],
    deterministic: true,
    streams: true,
    close: () => {},
  }));
