import type { Clock } from "../clock.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import { type Change, CommitQueue } from "./commit_queue.ts";
import { ERASURES } from "./erase_caller.ts";
import { whenUnlocked } from "./locked_file.ts";
import type { Owners } from "./owners.ts";
import { inPieces, MAX_VALUE_UNITS } from "./pieces.ts";
import { StoreError } from "./store_error.ts";

/**
 * Each lost race means that another process committed, so this many tries fail only when as many
 * processes change one call at the same moment.
 */
const MAX_TRIES = 64;
/** Names that one call may have; the platform uses three at most. */
const MAX_ALIASES = 8;
/** Longest id or key; Deno KV takes keys of 2,048 bytes, and a character needs four at most. */
const MAX_ID_UNITS = 500;
/** Deno KV reads at most ten keys at once. */
const KEYS_PER_READ = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface StoreOptions {
  clock: Clock;
  /** File of the embedded database; `:memory:` keeps nothing. */
  path?: string;
  /** KV Connect address of a database shared by several machines; used instead of `path`. */
  url?: string;
  /** How long calls and their events are kept. @default 30 days */
  keepMs?: number;
}

/**
 * Opens the calls kept in Deno KV.
 *
 * KV removes expired values when it likes, so every value carries its own end and counts as gone
 * from then on.
 *
 * @throws {StoreError} when the database can't be opened
 */
export async function openStore(options: StoreOptions): Promise<CallStore & Owners> {
  const at = options.url ?? options.path;
  try {
    return new KvStore(
      await whenUnlocked(() => Deno.openKv(at)),
      options.clock,
      options.keepMs ?? 30 * DAY_MS,
    );
  } catch (cause) {
    throw new StoreError(
      `Cannot open the call store: it must be a writable file or a KV Connect address: received ` +
        `${at ?? "nothing"} (${cause instanceof Error ? cause.message : cause})`,
      { cause },
    );
  }
}

/** A value that points elsewhere and ends at some moment. */
interface Kept {
  callId: string;
  expiresMs: number;
}

/** A sum that ends at some moment. */
interface Sum {
  sum: number;
  expiresMs: number;
}

class KvStore implements CallStore, Owners {
  readonly #kv: Deno.Kv;
  readonly #commits: CommitQueue;
  readonly #clock: Clock;
  readonly #keepMs: number;

  constructor(kv: Deno.Kv, clock: Clock, keepMs: number) {
    this.#kv = kv;
    this.#commits = new CommitQueue(kv);
    this.#clock = clock;
    this.#keepMs = keepMs;
  }

  async get(idOrAlias: string): Promise<CallRecord | undefined> {
    const id = await this.#resolve(idOrAlias);
    const { value } = await this.#kv.get<CallRecord>(["call", id]);
    return this.#live(value);
  }

  async update(
    callId: string,
    change: (record: CallRecord) => CallRecord | undefined,
  ): Promise<CallRecord> {
    const id = await this.#resolve(callId);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const entry = await this.#kv.get<CallRecord>(["call", id]);
      const known = this.#live(entry.value);
      const before = known ?? this.#fresh(id);
      const after = change(before) ?? (known ? undefined : before);
      if (!after) return before;
      const record = { ...after, callId: id, changedMs: this.#clock.wallMs() };
      checkSize(record);
      const expiry = this.#expiry(record.expiresMs);
      const sets: Change["sets"] = [{ key: ["call", id], value: record, ...expiry }];
      if (!known) {
        sets.push({ key: ["began", record.createdMs, id], value: record.expiresMs, ...expiry });
      }
      if (await this.#commits.commit({ checks: [entry], sets })) return record;
    }
    throw new StoreError(
      `Cannot change call ${id}: at most ${MAX_TRIES} processes may change it at once`,
    );
  }

  async alias(alias: string, callId: string): Promise<void> {
    const id = await this.#resolve(callId);
    if (alias === id) return;
    const record = await this.update(id, (record) => {
      if (record.aliases.includes(alias)) return undefined;
      return { ...record, aliases: [...record.aliases, alias].slice(-MAX_ALIASES) };
    });
    const kept: Kept = { callId: id, expiresMs: record.expiresMs };
    const expiry = this.#expiry(record.expiresMs);
    await this.#commits.commit({ sets: [{ key: ["alias", alias], value: kept, ...expiry }] });
  }

  async once(key: string, keepMs: number): Promise<boolean> {
    checkId(key);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const entry = await this.#kv.get<number>(["once", key]);
      const nowMs = this.#clock.wallMs();
      if (entry.value !== null && entry.value > nowMs) return false;
      const sets = [{ key: ["once", key], value: nowMs + keepMs, expireIn: keepMs }];
      if (await this.#commits.commit({ checks: [entry], sets })) return true;
    }
    throw new StoreError(`Cannot decide who came first: more than ${MAX_TRIES} came at once`);
  }

  // Not KV's own `sum`, whose values never expire.
  async add(key: string, amount: number, keepMs: number): Promise<number> {
    checkId(key);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const entry = await this.#kv.get<Sum>(["sum", key]);
      const nowMs = this.#clock.wallMs();
      const before = entry.value && entry.value.expiresMs > nowMs ? entry.value.sum : 0;
      if (amount === 0) return before;
      const after: Sum = { sum: before + amount, expiresMs: nowMs + keepMs };
      const sets = [{ key: ["sum", key], value: after, expireIn: keepMs }];
      if (await this.#commits.commit({ checks: [entry], sets })) return after.sum;
    }
    throw new StoreError(`Cannot add to ${key}: at most ${MAX_TRIES} processes may at once`);
  }

  async append(callId: string, events: CallEvent[]): Promise<void> {
    const id = await this.#resolve(callId);
    for (const piece of inPieces(events)) {
      // The first number is the key, so that writing the same events again changes nothing.
      const key = ["event", id, piece[0].seq];
      await this.#commits.commit({ sets: [{ key, value: piece, expireIn: this.#keepMs }] });
    }
  }

  async *events(callId: string): AsyncIterable<CallEvent> {
    const id = await this.#resolve(callId);
    let lastSeq = -1;
    for await (const { value } of this.#kv.list<CallEvent[]>({ prefix: ["event", id] })) {
      for (const event of value) {
        if (event.seq <= lastSeq) continue;
        lastSeq = event.seq;
        yield event;
      }
    }
  }

  async *list(sinceMs: number): AsyncIterable<CallRecord> {
    let keys: Deno.KvKey[] = [];
    for await (
      const { key } of this.#kv.list({ start: ["began", sinceMs], end: ["began", Infinity] })
    ) {
      keys.push(["call", key[2]]);
      if (keys.length < KEYS_PER_READ) continue;
      yield* this.#read(keys);
      keys = [];
    }
    yield* this.#read(keys);
  }

  async beat(ownerId: string): Promise<void> {
    const beat = ["owner", ownerId];
    const value = this.#clock.wallMs();
    await this.#commits.commit({ sets: [{ key: beat, value, expireIn: DAY_MS }] });
  }

  async beats(): Promise<Map<string, number>> {
    const beats = new Map<string, number>();
    for await (const { key, value } of this.#kv.list<number>({ prefix: ["owner"] })) {
      beats.set(String(key[1]), value);
    }
    return beats;
  }

  async retire(ownerId: string): Promise<void> {
    await whenUnlocked(() => this.#kv.delete(["owner", ownerId]));
  }

  async erasures(): Promise<number> {
    return (await this.#kv.get<number>(ERASURES)).value ?? 0;
  }

  close(): void {
    this.#kv.close();
  }

  async *#read(keys: Deno.KvKey[]): AsyncIterable<CallRecord> {
    if (keys.length === 0) return;
    for (const { value } of await this.#kv.getMany<(CallRecord | null)[]>(keys)) {
      const record = this.#live(value);
      if (record) yield record;
    }
  }

  async #resolve(idOrAlias: string): Promise<string> {
    checkId(idOrAlias);
    const { value } = await this.#kv.get<Kept>(["alias", idOrAlias]);
    return value && value.expiresMs > this.#clock.wallMs() ? value.callId : idOrAlias;
  }

  #live(record: CallRecord | null): CallRecord | undefined {
    return record && record.expiresMs > this.#clock.wallMs() ? record : undefined;
  }

  #fresh(callId: string): CallRecord {
    const nowMs = this.#clock.wallMs();
    return {
      callId,
      aliases: [],
      createdMs: nowMs,
      stage: "ringing",
      changedMs: nowMs,
      expiresMs: nowMs + this.#keepMs,
    };
  }

  #expiry(expiresMs: number): { expireIn: number } {
    return { expireIn: Math.max(1, expiresMs - this.#clock.wallMs()) };
  }
}

function checkId(id: string): void {
  if (id.length > 0 && id.length <= MAX_ID_UNITS) return;
  throw new StoreError(
    `Cannot look up a call: its id must have 1 to ${MAX_ID_UNITS} characters: received ${id.length}`,
  );
}

function checkSize(record: CallRecord): void {
  const units = JSON.stringify(record).length;
  if (units <= MAX_VALUE_UNITS) return;
  throw new StoreError(
    `Cannot store call ${record.callId}: its record must be at most ${MAX_VALUE_UNITS} characters ` +
      `of JSON: received ${units}`,
  );
}
