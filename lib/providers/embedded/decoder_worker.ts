import { EngineError } from "../../contracts/engine_error.ts";
import type { SttEvent } from "../../contracts/stt.ts";
import type { RecogniserDomain } from "./recogniser_domain.ts";
import type { RecogniserOrder, RecogniserReport } from "./recogniser_protocol.ts";
import { understand } from "./understanding.ts";
import type { Pronounce } from "./voice.ts";

/** Samples sent to the worker at once: 100 ms, so that it wakes ten times a second. */
const BATCH_SAMPLES = 1600;

/** The main thread's end of one recogniser in its worker. */
export class DecoderWorker {
  readonly #worker: Worker;
  readonly #ready = Promise.withResolvers<void>();
  /** Fails the utterance that is being heard, if any. */
  #current?: { take: (report: RecogniserReport) => void; fail: (reason: unknown) => void };
  #utterance = 0;
  /** Tells the worker, past the orders it has still to read, which utterance was given up. */
  readonly #over = new Int32Array(new SharedArrayBuffer(4));
  #dead = false;

  constructor(domain: RecogniserDomain, pronounce: Pronounce) {
    this.#worker = new Worker(new URL("./recogniser_worker.ts", import.meta.url), {
      type: "module",
    });
    this.#ready.promise.catch(() => {}); // whoever waits hears of it; nobody may be waiting
    this.#worker.onmessage = ({ data }: MessageEvent<RecogniserReport>) => {
      if (data.type === "unknown") {
        pronounce(data.words).then(
          (phones) => this.#order({ type: "phones", phones }),
          (error) => this.#die(broken("its words could not be pronounced", error)),
        );
      } else if (data.type === "ready") this.#ready.resolve();
      else if (data.type === "failed") this.#die(broken(data.message));
      else this.#current?.take(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#die(broken(`its worker died: ${event.message}`));
    };
    this.#order({ type: "load", domain, over: this.#over });
  }

  /** Resolves when it can hear; rejects with an {@linkcode EngineError} when it never will. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Set when it has failed or was closed, and must not be used again. */
  get dead(): boolean {
    return this.#dead;
  }

  /** Hears one utterance; the one before must be over. */
  async *recognise(
    audio: AsyncIterable<Int16Array>,
    part: string,
    signal: AbortSignal,
  ): AsyncGenerator<SttEvent> {
    const utterance = ++this.#utterance;
    const events: SttEvent[] = [];
    let failure: { reason: unknown } | undefined, over = false, wake = () => {};
    const fail = (reason: unknown) => {
      failure ??= { reason };
      wake();
    };
    const take = (report: RecogniserReport) => {
      if (!("utterance" in report) || report.utterance !== utterance) return;
      if (report.type === "partial") events.push({ type: "partial", text: report.text });
      if (report.type === "final") {
        const { words, unexpectedShare, audioMs } = report;
        events.push({
          type: "final",
          ...understand(words, unexpectedShare),
          language: "en",
          usage: { audioMs },
        });
        over = true;
      }
      wake();
    };
    const abort = () => fail(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    this.#current = { take, fail };
    try {
      await Promise.race([
        this.ready,
        new Promise((_, reject) => {
          wake = () => failure && reject(failure.reason);
          wake();
        }),
      ]);
      this.#order({ type: "start", utterance, part });
      this.#feed(audio, () => over || failure !== undefined).catch(fail);
      while (true) {
        if (failure) throw failure.reason;
        const event = events.shift();
        if (event) yield event;
        if (event?.type === "final") return;
        if (!failure && events.length === 0) await new Promise<void>((resolve) => wake = resolve);
      }
    } finally {
      signal.removeEventListener("abort", abort);
      this.#current = undefined;
      if (!over) {
        Atomics.store(this.#over, 0, utterance);
        this.#order({ type: "cancel" });
      }
      over = true;
    }
  }

  close(): void {
    this.#die(new EngineError("embedded", "unavailable", "Cannot recognise: it was closed"));
  }

  async #feed(audio: AsyncIterable<Int16Array>, stopped: () => boolean): Promise<void> {
    let batch = new Int16Array(BATCH_SAMPLES), held = 0;
    const send = () => {
      if (held === 0) return;
      const samples = held === batch.length ? batch : batch.slice(0, held);
      this.#order({ type: "audio", samples }, [samples.buffer]);
      batch = new Int16Array(BATCH_SAMPLES);
      held = 0;
    };
    for await (const piece of audio) {
      if (stopped()) return;
      for (let at = 0; at < piece.length;) {
        const taken = piece.subarray(at, at + batch.length - held);
        batch.set(taken, held);
        held += taken.length;
        at += taken.length;
        if (held === batch.length) send();
      }
    }
    if (stopped()) return;
    send();
    this.#order({ type: "end" });
  }

  #order(order: RecogniserOrder, transfer: Transferable[] = []): void {
    if (!this.#dead) this.#worker.postMessage(order, transfer);
  }

  #die(reason: EngineError): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#worker.terminate();
    this.#ready.reject(reason);
    this.#current?.fail(reason);
  }
}

function broken(why: string, cause?: unknown): EngineError {
  return new EngineError("embedded", "broken", `Cannot recognise: ${why}`, { cause });
}
