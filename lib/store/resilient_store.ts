import type { Clock } from "../clock.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import { MemoryStore } from "./memory_store.ts";
import type { Owners } from "./owners.ts";
import { StoreError } from "./store_error.ts";

/** A webhook has to be answered well within two seconds, of which the store may take this much. */
const LIMIT_MS = 500;
const PROBE_MS = 1_000;
/** Writes that wait for a store that is down: some fifty calls of ten minutes. */
export const MAX_WAITING = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface ResilientOptions {
  /** Opens the store behind; tried again until it succeeds. */
  open: () => Promise<CallStore & Owners>;
  clock: Clock;
  log: { info(message: string): void; warn(message: string): void };
  /** How long records made while the store is down are kept. @default 30 days */
  keepMs?: number;
}

interface Write {
  append: boolean;
  run(store: CallStore): Promise<unknown>;
}

/**
 * Keeps calls going while the store behind is down: they go on from this process's memory, and what
 * they wrote is written, in order, when the store is back.
 *
 * A write that timed out may have arrived, and is then repeated: changes must bear that.
 */
export class ResilientStore implements CallStore, Owners {
  readonly #options: ResilientOptions;
  readonly #memory: MemoryStore;
  #behind: (CallStore & Owners) | undefined;
  #opening: Promise<CallStore & Owners> | undefined;
  #up = false;
  #waiting: Write[] = [];
  #dropped = 0;
  /** As last seen; who was erased since is remembered no more. */
  #erasures = 0;
  #cancelProbe = () => {};
  #closed = false;

  constructor(options: ResilientOptions) {
    this.#options = options;
    this.#memory = new MemoryStore(options.clock, options.keepMs ?? 30 * DAY_MS);
  }

  /** Resolves when the store behind was tried once. */
  async start(): Promise<void> {
    await this.#probe();
  }

  /** False while calls go on from memory. */
  get up(): boolean {
    return this.#up;
  }

  get(idOrAlias: string): Promise<CallRecord | undefined> {
    return this.#read(
      async (store) => {
        const record = await store.get(idOrAlias);
        if (record) this.#memory.keep(record);
        return record;
      },
      () => this.#memory.get(idOrAlias),
    );
  }

  update(
    callId: string,
    change: (record: CallRecord) => CallRecord | undefined,
  ): Promise<CallRecord> {
    return this.#write(
      async (store) => {
        const record = await store.update(callId, change);
        this.#memory.keep(record);
        return record;
      },
      () => this.#memory.update(callId, change),
    );
  }

  alias(alias: string, callId: string): Promise<void> {
    return this.#write(
      (store) => store.alias(alias, callId),
      () => this.#memory.alias(alias, callId),
    );
  }

  once(key: string, keepMs: number): Promise<boolean> {
    return this.#write(
      async (store) => await store.once(key, keepMs) && await this.#memory.once(key, keepMs),
      () => this.#memory.once(key, keepMs),
    );
  }

  add(key: string, amount: number, keepMs: number): Promise<number> {
    return this.#write(
      async (store) => {
        const sum = await store.add(key, amount, keepMs);
        this.#memory.keepSum(key, sum, keepMs);
        return sum;
      },
      () => this.#memory.add(key, amount, keepMs),
    );
  }

  append(callId: string, events: CallEvent[]): Promise<void> {
    return this.#write(
      (store) => store.append(callId, events),
      () => this.#memory.append(callId, events),
      true,
    );
  }

  async *events(callId: string): AsyncIterable<CallEvent> {
    yield* this.#current().events(callId);
  }

  async *list(sinceMs: number): AsyncIterable<CallRecord> {
    yield* this.#current().list(sinceMs);
  }

  /** Shows nothing while the store is down: then nobody reads it either. */
  async beat(ownerId: string): Promise<void> {
    await this.#read((store) => store.beat(ownerId), () => Promise.resolve());
    const erasures = await this.erasures();
    if (erasures !== this.#erasures) this.#memory.forgetEnded();
    this.#erasures = erasures;
  }

  erasures(): Promise<number> {
    return this.#read((store) => store.erasures(), () => Promise.resolve(this.#erasures));
  }

  beats(): Promise<Map<string, number>> {
    return this.#read((store) => store.beats(), () => Promise.resolve(new Map()));
  }

  retire(ownerId: string): Promise<void> {
    return this.#read((store) => store.retire(ownerId), () => Promise.resolve());
  }

  close(): void {
    this.#closed = true;
    this.#cancelProbe();
    if (this.#waiting.length > 0) {
      this.#options.log.warn(`Call store closed with ${this.#waiting.length} unwritten changes`);
    }
    this.#behind?.close();
  }

  #current(): CallStore {
    return this.#up && this.#behind ? this.#behind : this.#memory;
  }

  async #read<T>(
    ask: (store: CallStore & Owners) => Promise<T>,
    recall: () => Promise<T>,
  ): Promise<T> {
    if (this.#up) {
      try {
        return await this.#limited(ask(this.#behind!));
      } catch (error) {
        this.#fail(error);
      }
    }
    return await recall();
  }

  async #write<T>(
    run: (store: CallStore) => Promise<T>,
    remember: () => Promise<T>,
    append = false,
  ): Promise<T> {
    if (this.#up) {
      try {
        return await this.#limited(run(this.#behind!));
      } catch (error) {
        this.#fail(error);
      }
    }
    const result = await remember();
    this.#wait({ append, run });
    return result;
  }

  #wait(write: Write): void {
    if (this.#waiting.length >= MAX_WAITING) {
      // A lost line of a transcript hurts less than a lost state.
      const victim = this.#waiting.findIndex((other) => other.append);
      this.#dropped++;
      if (victim < 0 && write.append) return;
      this.#waiting.splice(Math.max(0, victim), 1);
    }
    this.#waiting.push(write);
  }

  #fail(error: unknown): void {
    if (error instanceof StoreError) throw error;
    if (!this.#up) return;
    this.#up = false;
    this.#options.log.warn(`Call store is down, calls go on from memory: ${message(error)}`);
    this.#probeLater();
  }

  #probeLater(): void {
    if (this.#closed) return;
    const { clock } = this.#options;
    this.#cancelProbe = clock.at(clock.now() + PROBE_MS, () => void this.#probe());
  }

  async #probe(): Promise<void> {
    try {
      const store = await this.#limited(this.#open());
      await this.#limited(store.get("probe"));
      await this.#replay(store);
      this.#up = true;
    } catch (error) {
      if (!this.#behind && !this.#closed) {
        this.#options.log.warn(
          `Call store can't be opened, calls go on from memory: ${message(error)}`,
        );
      }
      this.#probeLater();
    }
  }

  /** The store behind; one that takes longer to open than a probe waits is met by a later probe. */
  #open(): Promise<CallStore & Owners> {
    this.#opening ??= this.#options.open().then((store) => {
      if (this.#closed) store.close();
      return this.#behind = store;
    }, (error) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #replay(store: CallStore): Promise<void> {
    const count = this.#waiting.length;
    while (this.#waiting.length > 0) {
      const write = this.#waiting[0];
      try {
        await this.#limited(write.run(store));
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        this.#options.log.warn(
          `Call store refused a change made while it was down: ${message(error)}`,
        );
      }
      // The bound may have removed it meanwhile.
      if (this.#waiting[0] === write) this.#waiting.shift();
    }
    this.#memory.forgetEvents();
    if (count + this.#dropped > 0) {
      this.#options.log.info(`Call store is back: ${count} changes written, ${this.#dropped} lost`);
    }
    this.#dropped = 0;
  }

  async #limited<T>(work: Promise<T>): Promise<T> {
    const { clock } = this.#options;
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = clock.at(clock.now() + LIMIT_MS, () => {
        reject(new Error(`no answer within ${LIMIT_MS} ms`));
      });
    });
    // Whoever loses the race must not become an unhandled rejection.
    work.catch(() => {});
    try {
      return await Promise.race([work, late]);
    } finally {
      cancel();
    }
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
