import type { Engine } from "../../lib/engines/engine.ts";
import { say } from "../tone_speech.ts";
import { testLlmContract } from "./llm_contract.ts";
import { testSttContract } from "./stt_contract.ts";
import { testTtsContract } from "./tts_contract.ts";

/** What an engine is asked for beside the contracts. */
export interface EngineTraits {
  /** Text and sound come in several pieces. @default false */
  streams?: boolean;
}

/**
 * Runs the three contracts on an engine that hears the words of tones, knows that bills are paid by
 * M-Pesa and that the office is in Maua, and looks up what it has a tool for.
 */
export function testEngineContracts(
  name: string,
  open: () => Pick<Engine, "stt" | "llm" | "tts">,
  { streams = false }: EngineTraits = {},
): void {
  const close = () => {};
  testSttContract(name, () =>
    Promise.resolve({
      stt: open().stt,
      speech: [
        { samples: say("balance", "order"), words: /^balance order$/ },
        { samples: say("outage"), words: /^outage$/ },
      ],
      partials: false,
      confidence: false,
      close,
    }));
  testLlmContract(name, () =>
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
      streams,
      close,
    }));
  testTtsContract(name, () =>
    Promise.resolve({
      tts: open().tts,
      language: "en",
      sentences: [
        "Your balance is one hundred shillings, and it is due on Friday.",
        "We open at eight in the morning.",
      ],
      deterministic: true,
      streams,
      close,
    }));
}
