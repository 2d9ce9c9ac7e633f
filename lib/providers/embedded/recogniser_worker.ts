import { SAMPLE_RATE_HZ } from "../../audio/pcm.ts";
import { Decoder } from "./decoder.ts";
import {
  type RecogniserDomain,
  trainDomain,
  vocabularyOf,
  wordingOf,
} from "./recogniser_domain.ts";
import type { RecogniserOrder, RecogniserReport } from "./recogniser_protocol.ts";
import { buildWordGraph, type WordGraph } from "./word_graph.ts";
import type { Wording } from "./wording.ts";

/** Audio that the decoder needs to know the line by; decoding it then takes about 100 ms. */
const OPENING_SAMPLES = SAMPLE_RATE_HZ;
const PARTIAL_EVERY_SAMPLES = SAMPLE_RATE_HZ / 5;

interface Utterance {
  number: number;
  part: string;
  opening: Float32Array[];
  started: boolean;
  /** Samples received, and how many of them when the last partial was sent. */
  received: number;
  reported: number;
  partial: string;
}

/** Inside, a worker's scope has the methods that its handle has outside. */
const scope = self as unknown as Worker;
let decoder: Decoder;
let domain: RecogniserDomain;
let graph: WordGraph;
let wording: Wording;
let unknownWords: string[] = [];
let utterance: Utterance | undefined;
let over: Int32Array<SharedArrayBuffer>;

function report(message: RecogniserReport): void {
  scope.postMessage(message);
}

scope.onmessage = async ({ data }: MessageEvent<RecogniserOrder>) => {
  try {
    if (data.type === "load") {
      over = data.over;
      domain = data.domain;
      const parts = trainDomain(domain);
      graph = buildWordGraph(parts);
      decoder = await Decoder.load();
      unknownWords = vocabularyOf(parts).filter((word) => !decoder.knows(word));
      report({ type: "unknown", words: unknownWords });
    } else if (data.type === "phones") {
      unknownWords.forEach((word, i) => decoder.learn(word, data.phones[i]));
      decoder.use(graph);
      report({ type: "ready" });
      // Needed at the end of the first utterance, so nobody waits for it.
      wording = wordingOf(domain);
    } else hear(data);
  } catch (error) {
    utterance = undefined;
    report({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};

function hear(order: RecogniserOrder): void {
  if (order.type === "start") {
    const { utterance: number, part } = order;
    utterance = {
      number,
      part,
      opening: [],
      started: false,
      received: 0,
      reported: 0,
      partial: "",
    };
  } else if (!utterance) return;
  else if (order.type === "audio" && Atomics.load(over, 0) >= utterance.number) return;
  else if (order.type === "audio") take(utterance, order.samples);
  else if (order.type === "cancel") {
    if (utterance.started) decoder.stop();
    utterance = undefined;
  } else if (order.type === "end") {
    if (!utterance.started && utterance.received > 0) start(utterance);
    const words = utterance.started ? decoder.stop() : [];
    report({
      type: "final",
      utterance: utterance.number,
      words,
      unexpectedShare: wording.unexpectedShare(
        words.filter(({ unknown }) => !unknown).map(({ word }) => word),
      ),
      audioMs: Math.round(utterance.received / SAMPLE_RATE_HZ * 1000),
    });
    utterance = undefined;
  }
}

function take(utterance: Utterance, samples: Int16Array): void {
  const floats = Float32Array.from(samples, (sample) => sample / 32768);
  utterance.received += samples.length;
  if (utterance.started) decoder.hear(floats);
  else {
    utterance.opening.push(floats);
    if (utterance.received >= OPENING_SAMPLES) start(utterance);
  }
  if (!utterance.started || utterance.received - utterance.reported < PARTIAL_EVERY_SAMPLES) return;
  utterance.reported = utterance.received;
  const text = decoder.guess().join(" ");
  if (text === utterance.partial) return;
  utterance.partial = text;
  report({ type: "partial", utterance: utterance.number, text });
}

function start(utterance: Utterance): void {
  const opening = new Float32Array(utterance.received);
  let at = 0;
  for (const piece of utterance.opening) {
    opening.set(piece, at);
    at += piece.length;
  }
  utterance.opening = [];
  decoder.start(utterance.part, opening);
  utterance.started = true;
  decoder.hear(opening);
}
