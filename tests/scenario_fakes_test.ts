import { SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";
import { systemClock } from "../lib/clock.ts";
import type { Llm } from "../lib/contracts/llm.ts";
import { MarkedSounds } from "../lib/scenarios/marked_sound.ts";
import type { BrainStep } from "../lib/scenarios/scenario.ts";
import { scriptedBrain } from "../lib/scenarios/scripted_brain.ts";
import { textStt, textTts } from "../lib/scenarios/text_engine.ts";
import { testLlmContract } from "./contracts/llm_contract.ts";
import { testSttContract } from "./contracts/stt_contract.ts";
import { testTtsContract } from "./contracts/tts_contract.ts";
import { syntheticSpeech } from "./synthetic_speech.ts";

const shape = syntheticSpeech(30_000);
const sentences: [string, string] = [
  "Your balance is one hundred shillings, and it is due on Friday.",
  "We open at eight in the morning.",
];

/** A mark is read once, as sound is heard once; here the same sound is heard in many checks. */
function freshSounds(): MarkedSounds {
  const sounds = new MarkedSounds(shape);
  for (const words of WORDS) sounds.say(words);
  return sounds;
}
const WORDS = ["what is my balance", "is there an outage"];
const marked = new MarkedSounds(shape);

testSttContract("A scenario's recogniser", () =>
  Promise.resolve({
    stt: (...given) => textStt(freshSounds(), systemClock)(...given),
    speech: [
      { samples: marked.say(WORDS[0]), words: /^what is my balance$/ },
      { samples: marked.say(WORDS[1]), words: /^is there an outage$/ },
    ],
    partials: false,
    confidence: false,
    close: () => {},
  }));

testTtsContract("A scenario's voice", () =>
  Promise.resolve({
    tts: textTts(new MarkedSounds(shape.subarray(0, 25 * SAMPLE_RATE_HZ)), systemClock),
    language: "en",
    sentences,
    deterministic: true,
    streams: false,
    close: () => {},
  }));

/** One script for each thing that is asked, since a script is deaf to what it is asked. */
function scripts(): Llm {
  const script = (step: Omit<BrainStep, "with">) =>
    scriptedBrain(Array(20).fill({ ...step, with: {} }));
  const bill = script({ say: "By M-Pesa." });
  const office = script({ say: "In Maua." });
  const tool = script({ say: "I look it up.", call: "get_account" });
  const found = script({ say: "That is what I found." });
  return (request, signal) => {
    const last = request.messages.at(-1)!;
    if (last.role !== "caller") return found(request, signal);
    if (last.text.includes("balance")) return tool(request, signal);
    return (last.text.includes("bill") ? bill : office)(request, signal);
  };
}

testLlmContract("A scenario's scripted brain", () =>
  Promise.resolve({
    llm: scripts(),
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
