import { EngineError, type EngineFault } from "../lib/contracts/engine_error.ts";
import type { Llm, LlmEvent, LlmRequest } from "../lib/contracts/llm.ts";
import { Breaker } from "../lib/engines/breaker.ts";
import type { Provider, Watch } from "../lib/engines/provider.ts";
import { FakeClock } from "./fake_clock.ts";

export const request: LlmRequest = {
  system: "",
  messages: [{ role: "caller", text: "hello" }],
  tools: [],
  language: "en",
  maxOutputTokens: 100,
};

/** Providers whose steps a test writes down, on a clock that it moves. */
export class Rig {
  readonly clock = new FakeClock();
  readonly notes: string[] = [];
  readonly watch: Watch = {
    fault: (stage, provider, error) => this.notes.push(`${stage} ${provider} ${error.fault}`),
    fallback: (stage, from, to) => this.notes.push(`${stage} ${from} → ${to}`),
  };
  readonly options = { clock: this.clock, watch: this.watch, random: () => 0 };

  provider<Run>(name: string, run: Run): Provider<Run> {
    return { name, run, breaker: new Breaker(this.clock, { random: () => 0 }) };
  }

  /** Runs something to its end while time goes on. */
  async finish<T>(work: Promise<T>, stepMs = 50): Promise<T> {
    let over = false;
    const done = work.then(() => over = true, () => over = true);
    while (!over) await this.clock.advance(stepMs);
    await done;
    return await work;
  }
}

/** An LLM that writes the given words; `wait` stalls until the request is aborted. */
export function writes(
  ...steps: (string | Error | "wait")[]
): Llm & { asked: number; aborted: number } {
  const llm = Object.assign(
    async function* (_request: LlmRequest, signal: AbortSignal): AsyncGenerator<LlmEvent> {
      llm.asked++;
      for (const step of steps) {
        if (step instanceof Error) throw step;
        if (step === "wait") {
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          llm.aborted++;
          throw signal.reason;
        }
        yield { type: "text", text: step };
      }
      yield { type: "end", reason: "stop" };
    },
    { asked: 0, aborted: 0 },
  );
  return llm;
}

export const failure = (fault: EngineFault, retryAfterMs?: number) =>
  new EngineError("x", fault, fault, { retryAfterMs });

export async function textOf(events: AsyncIterable<LlmEvent>): Promise<string> {
  let text = "";
  for await (const event of events) if (event.type === "text") text += event.text;
  return text;
}

export const never = () => new AbortController().signal;
