import { createBrain } from "../lib/providers/embedded/brain.ts";
import { testLlmContract } from "./contracts/llm_contract.ts";
import { openSupportDesk } from "./support_desk.ts";

testLlmContract("The embedded brain", async () => {
  const desk = await openSupportDesk();
  const [account] = desk.catalog.specs();
  return {
    llm: createBrain({ ...desk, tools: desk.catalog.tools }),
    turns: [
      { text: "how do i pay my bill", reply: /Pay Bill/ },
      { text: "where is your office", reply: /Maua Plaza/ },
    ],
    toolTurn: {
      text: "what is my balance",
      tool: account,
      args: {},
      outcome: { data: { balanceMinor: 100 }, say: "You have KES 1 to pay." },
      reply: /KES 1 /,
    },
    streams: true,
    failing: [{
      name: "The brain without a caller's message",
      llm: (request, signal) => desk.brain({ ...request, messages: [] }, signal),
      fault: "bad_request",
    }],
    close: () => {},
  };
});
