import { EngineError } from "../../contracts/engine_error.ts";

interface Waiting<Job, Answer> {
  job: Job;
  resolve: (answer: Answer) => void;
  reject: (reason: unknown) => void;
}

/**
 * Asks one worker one thing after another, in order; the worker is started by the first question.
 *
 * A question that was given up while it waited is never asked, and the answer to one given up while
 * the worker was at it is dropped. A worker that dies fails the question it was at and is replaced.
 */
export class WorkerQueue<Job, Answer> {
  #worker?: Worker;
  #waiting: Waiting<Job, Answer>[] = [];
  #asked?: Waiting<Job, Answer>;
  #closed = false;

  constructor(
    readonly name: string,
    readonly start: () => Worker,
    readonly maxWaiting: number,
  ) {}

  /** Questions that wait or are being worked on. */
  get length(): number {
    return this.#waiting.length + (this.#asked ? 1 : 0);
  }

  /**
   * @throws {EngineError} when the queue is full or closed, or the worker died
   * @throws the signal's reason when it aborts first
   */
  ask(job: Job, signal?: AbortSignal): Promise<Answer> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#closed) return Promise.reject(this.#error("unavailable", "it is closed"));
    if (this.#waiting.length >= this.maxWaiting) {
      return Promise.reject(this.#error(
        "unavailable",
        `at most ${this.maxWaiting} questions must wait: received one more`,
      ));
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting<Job, Answer> = {
        job,
        resolve(answer) {
          signal?.removeEventListener("abort", giveUp);
          resolve(answer);
        },
        reject(reason) {
          signal?.removeEventListener("abort", giveUp);
          reject(reason);
        },
      };
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        waiting.reject(signal!.reason);
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiting);
      this.#next();
    });
  }

  /** Ends the worker; whatever waits fails. */
  close(): void {
    this.#closed = true;
    this.#stop(this.#error("unavailable", "it was closed"));
    for (const waiting of this.#waiting.splice(0)) {
      waiting.reject(this.#error("unavailable", "it was closed"));
    }
  }

  #next(): void {
    if (this.#asked || this.#waiting.length === 0 || this.#closed) return;
    this.#worker ??= this.#begin();
    this.#asked = this.#waiting.shift()!;
    this.#worker.postMessage(this.#asked.job);
  }

  #begin(): Worker {
    const worker = this.start();
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const asked = this.#asked;
      this.#asked = undefined;
      asked?.resolve(data);
      this.#next();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#stop(this.#error("broken", `its worker died: ${event.message}`));
      this.#next();
    };
    return worker;
  }

  #stop(reason: EngineError): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.reject(reason);
  }

  #error(fault: "unavailable" | "broken", why: string): EngineError {
    return new EngineError("embedded", fault, `Cannot use the ${this.name}: ${why}`);
  }
}
