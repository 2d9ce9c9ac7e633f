import { parseAgent } from "../lib/agent_file.ts";
import { Framer, type Hear } from "../lib/audio/framer.ts";
import { bytesFromSamples, FRAME_SAMPLES } from "../lib/audio/pcm.ts";
import { Call } from "../lib/call.ts";
import type { CallDependencies } from "../lib/call/call_dependencies.ts";
import type { Backend } from "../lib/contracts/backend.ts";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import type { HandOver } from "../lib/contracts/hand_over.ts";
import type { Line } from "../lib/contracts/line.ts";
import type { Llm, LlmRequest } from "../lib/contracts/llm.ts";
import type { Stt } from "../lib/contracts/stt.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import type { Tts } from "../lib/contracts/tts.ts";
import { CallBudget } from "../lib/costs/call_budget.ts";
import type { Prices } from "../lib/costs/prices.ts";
import { spendingOf } from "../lib/costs/spending.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { type Choices, Ladder } from "../lib/engines/ladder.ts";
import { PlayoutModel } from "../lib/simulator/playout_model.ts";
import { MemoryStore } from "../lib/store/memory_store.ts";
import { createToolCatalog } from "../lib/actions/tool_catalog.ts";
import { FakeClock } from "./fake_clock.ts";
import { modelledEngine, type ModelledReply } from "./modelled_engine.ts";
import { frames, mix, noise, syntheticSpeech } from "./synthetic_speech.ts";

/** What the fake language model does with one request. */
export type LlmScript = (request: LlmRequest) => ModelledReply;

export interface WorldOptions {
  /** Words of each recognition in turn; the last one repeats. */
  hears?: string[];
  sttDelayMs?: number;
  stt?: Stt;
  llm?: Llm;
  /** What the model says; @default "Your balance is fine." */
  says?: LlmScript;
  llmDelayMs?: number;
  tts?: Tts;
  ttsDelayMs?: number;
  /** Providers that are tried when the first ones fail. */
  second?: Engine;
  tools?: Tool[];
  backend?: Partial<Backend>;
  handOver?: HandOver;
  hangUp?: (callId: string) => Promise<boolean>;
  agentYaml?: string;
  /** Meters the call; its engines go by the name `fake`. */
  prices?: Prices;
  /** Level of our own voice that comes back to us, relative to what was played. */
  echoDb?: number;
  noiseDbfs?: number;
  callerNumber?: string;
  /** @default "fake" */
  llmName?: string;
  more?: Partial<CallDependencies>;
}

const AGENT = `
name: Amani
company: Upepo Fibre
languages: [en, sw]
greeting: { en: "Hello, how can I help you today?", sw: "Habari, nikusaidie vipi?" }
hand_over: { number: "+254700000100" }
`;

/**
 * One call on a clock that tests move, with the real call, ear, playout and platform playout model
 * between a caller made of sound and engines that are fakes with modelled delays.
 */
export class CallWorld {
  readonly clock = new FakeClock();
  readonly events: CallEvent[] = [];
  readonly requests: LlmRequest[] = [];
  readonly hangUps: string[] = [];
  /** What the caller heard, tick by tick. */
  readonly heard: Int16Array[] = [];
  readonly recognised: Int16Array[] = [];
  kills = 0;
  closed?: { code: number; reason: string; atMs: number };
  readonly #model = new PlayoutModel({ rateHz: 16000 });
  readonly #options: WorldOptions;
  readonly call: Call;
  readonly #framer = new Framer();
  #cameMs = 0;
  /** Frames are handed over together as the real line does it. */
  readonly #hand: Hear = (frame, following) => {
    this.call.hear(frame, this.#cameMs - following * 20);
    if (following === 0) this.#together = this.call.framesTogether;
  };
  #together = 1;
  #seed = 1;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    const line: Line = {
      send: (samples) => this.#model.push(bytesFromSamples(samples)),
      killAudio: () => {
        this.kills++;
        this.#model.killAudio();
      },
      close: (code, reason) => this.closed ??= { code, reason, atMs: this.clock.now() },
      flush: () => {
        if (this.clock.now() - this.#cameMs >= 60) this.#framer.flush(this.#hand);
      },
      bufferedBytes: 0,
    };
    const modelled = this.#engine;
    const engine: Engine = {
      stt: options.stt ?? modelled.stt,
      llm: options.llm ?? ((request, signal) => {
        this.requests.push(request);
        return modelled.llm(request, signal);
      }),
      tts: options.tts ?? modelled.tts,
    };
    const choices: Choices = {
      providers: (stage) => [
        { name: "fake", run: engine[stage] },
        ...(options.second ? [{ name: "second", run: options.second[stage] }] : []),
      ],
    };
    const agent = parseAgent(options.agentYaml ?? AGENT);
    const store = new MemoryStore(this.clock, 86_400_000);
    const dependencies: CallDependencies = {
      agent,
      budget: options.prices && new CallBudget({
        prices: options.prices,
        budget: agent.budget,
        spending: spendingOf(store, this.clock, "Africa/Nairobi", "caller"),
        background: (work) => {
          work();
          return true;
        },
      }),
      engines: (watch) => new Ladder(choices, this.clock).forCall(watch),
      engineNames: { stt: "fake", llm: options.llmName ?? "fake", tts: "fake" },
      catalog: createToolCatalog(options.tools ?? []),
      backend: (options.backend ?? {}) as Backend,
      handOver: options.handOver ?? (async function* () {
        yield { type: "failed" as const, reason: "unreached" as const };
      }),
      hangUp: options.hangUp ?? ((callId) => {
        this.hangUps.push(callId);
        return Promise.resolve(true);
      }),
      mask: (text) => text,
      clock: this.clock,
      publish: (event) => this.events.push(event),
      ...options.more,
    };
    const callerNumber = options.callerNumber ?? "+254700000001";
    this.call = new Call({ callId: "HD_0123456789ab", callerNumber }, line, dependencies);
  }

  get #engine(): Engine {
    const options = this.#options;
    const { hears = ["what is my balance please"] } = options;
    const says: LlmScript = options.says ?? (() => ({ text: "Your balance is fine." }));
    const shape = { pitchHz: 210, levelDbfs: -18, syllablesPerSecond: 3.3 };
    return modelledEngine({
      clock: this.clock,
      hears: (samples, number) => {
        this.recognised.push(samples);
        return hears[Math.min(number, hears.length - 1)];
      },
      says,
      sounds: (text) => syntheticSpeech(text.length * 60, shape),
      finalMs: options.sttDelayMs ?? 260,
      firstTokenMs: options.llmDelayMs ?? 400,
      wordMs: 17, // 60 tokens a second
      firstAudioMs: options.ttsDelayMs ?? 250,
      pieceSamples: 1600,
      pieceMs: 100 / 6, // made at 6 × real time
    });
  }

  /** Lets the caller make this sound, in real time. */
  async hear(samples: Int16Array): Promise<void> {
    const line = noise(samples.length / 16, this.#options.noiseDbfs ?? -65, this.#seed++);
    for (const frame of frames(mix(samples, line))) {
      await this.clock.advance(20);
      const heard = this.#model.tick();
      this.heard.push(heard);
      const { echoDb } = this.#options;
      if (echoDb !== undefined) {
        // The echo of what the caller heard 160 ms ago.
        const past = this.heard.at(-9) ?? new Int16Array(FRAME_SAMPLES);
        const gain = 10 ** (echoDb / 20);
        for (let i = 0; i < frame.length; i++) frame[i] += past[i] * gain;
      }
      this.#cameMs = this.clock.now();
      this.#framer.push(bytesFromSamples(frame), this.#hand, this.#together);
      await this.clock.advance(0);
    }
  }

  speak(ms: number, levelDbfs = -22): Promise<void> {
    return this.hear(syntheticSpeech(ms, { levelDbfs }));
  }

  wait(ms: number): Promise<void> {
    return this.hear(new Int16Array(ms * 16));
  }

  /** Time goes on and no frames come. */
  async gap(ms: number): Promise<void> {
    for (let t = 0; t < ms; t += 20) {
      await this.clock.advance(20);
      this.heard.push(this.#model.tick());
    }
  }

  /** Waits, in steps of 100 ms, until the condition holds or the time is up. */
  async until(condition: () => boolean, limitMs = 20_000): Promise<void> {
    for (let t = 0; t < limitMs && !condition(); t += 100) await this.wait(100);
    if (!condition()) throw new Error(`Nothing within ${limitMs} ms:\n${this.log()}`);
  }

  /** Lets the greeting end. */
  async greeted(): Promise<void> {
    await this.until(() => this.events.some(({ type }) => type === "agent_sentence"));
    await this.quiet();
  }

  /** Waits until the agent has ended `turns` turns, heard or interrupted, and is silent. */
  async answered(turns = 1): Promise<void> {
    await this.until(() => this.all("agent_turn").length >= turns, 60_000);
    await this.quiet();
  }

  /** Waits until the agent has been silent for a while. */
  async quiet(ms = 500): Promise<void> {
    await this.until(() => this.silentForMs >= ms);
  }

  /** How long the caller has heard nothing. */
  get silentForMs(): number {
    return (this.heard.length - 1 - this.heard.findLastIndex(isAudible)) * 20;
  }

  /** The longest that the caller heard nothing since a moment. */
  longestSilenceMs(fromMs: number, toMs = this.clock.now()): number {
    let longest = 0;
    let silent = 0;
    for (const frame of this.heard.slice(Math.floor(fromMs / 20), Math.floor(toMs / 20))) {
      silent = isAudible(frame) ? 0 : silent + 20;
      longest = Math.max(longest, silent);
    }
    return longest;
  }

  all<T extends CallEvent["type"]>(type: T): Extract<CallEvent, { type: T }>[] {
    return this.events.filter((event) => event.type === type) as Extract<CallEvent, { type: T }>[];
  }

  /** Everything the agent said, in order. */
  get said(): string[] {
    return this.all("agent_sentence").map(({ text }) => text);
  }

  log(): string {
    return this.events.map((event) => {
      const { callId: _, seq: _s, wallMs: _w, atMs, type, ...rest } = event;
      return `${atMs} ${type} ${JSON.stringify(rest)}`;
    }).join("\n");
  }
}

function isAudible(frame: Int16Array): boolean {
  return frame.some((x) => Math.abs(x) > 100);
}
