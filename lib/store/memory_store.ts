import type { Clock } from "../clock.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";

/** Most calls, names and keys held at once; the oldest make room, ended calls first. */
const MAX_ENTRIES = 5_000;
/** Most events held for one call, about an hour's worth; later ones are not kept. */
const MAX_EVENTS_PER_CALL = 4_000;

/** The calls of one process, kept only as long as it lives. */
export class MemoryStore implements CallStore {
  readonly #records = new Map<string, CallRecord>();
  readonly #aliases = new Map<string, string>();
  readonly #keys = new Map<string, number>();
  readonly #sums = new Map<string, { sum: number; expiresMs: number }>();
  readonly #events = new Map<string, CallEvent[]>();

  constructor(readonly clock: Clock, readonly keepMs: number) {}

  get(idOrAlias: string): Promise<CallRecord | undefined> {
    return Promise.resolve(this.#live(this.#resolve(idOrAlias)));
  }

  // deno-lint-ignore require-await -- `change` may throw, which must reject
  async update(
    callId: string,
    change: (record: CallRecord) => CallRecord | undefined,
  ): Promise<CallRecord> {
    const id = this.#resolve(callId);
    const known = this.#live(id);
    const nowMs = this.clock.wallMs();
    const before = known ?? {
      callId: id,
      aliases: [],
      createdMs: nowMs,
      stage: "ringing",
      changedMs: nowMs,
      expiresMs: nowMs + this.keepMs,
    };
    const after = change(before);
    if (!after && known) return known;
    const record = { ...(after ?? before), callId: id, changedMs: nowMs };
    this.keep(record);
    return record;
  }

  /** Takes over a record from elsewhere. */
  keep(record: CallRecord): void {
    this.#records.set(record.callId, record);
    for (const alias of record.aliases) this.#aliases.set(alias, record.callId);
    if (this.#records.size > MAX_ENTRIES) this.#evict();
    trim(this.#aliases);
  }

  async alias(alias: string, callId: string): Promise<void> {
    const id = this.#resolve(callId);
    if (alias === id) return;
    await this.update(id, (record) => ({
      ...record,
      aliases: [...record.aliases.filter((other) => other !== alias), alias],
    }));
  }

  once(key: string, keepMs: number): Promise<boolean> {
    const nowMs = this.clock.wallMs();
    if ((this.#keys.get(key) ?? 0) > nowMs) return Promise.resolve(false);
    this.#keys.set(key, nowMs + keepMs);
    trim(this.#keys);
    return Promise.resolve(true);
  }

  add(key: string, amount: number, keepMs: number): Promise<number> {
    const nowMs = this.clock.wallMs();
    const known = this.#sums.get(key);
    const sum = (known && known.expiresMs > nowMs ? known.sum : 0) + amount;
    this.keepSum(key, sum, keepMs);
    return Promise.resolve(sum);
  }

  /** Takes over a sum from elsewhere. */
  keepSum(key: string, sum: number, keepMs: number): void {
    this.#sums.delete(key); // put at the end: the one changed longest ago makes room first
    this.#sums.set(key, { sum, expiresMs: this.clock.wallMs() + keepMs });
    trim(this.#sums);
  }

  append(callId: string, events: CallEvent[]): Promise<void> {
    const id = this.#resolve(callId);
    const kept = this.#events.get(id) ?? [];
    const lastSeq = kept.at(-1)?.seq ?? -1;
    kept.push(...events.filter((event) => event.seq > lastSeq));
    this.#events.set(id, kept.slice(0, MAX_EVENTS_PER_CALL));
    trim(this.#events);
    return Promise.resolve();
  }

  async *events(callId: string): AsyncIterable<CallEvent> {
    yield* this.#events.get(this.#resolve(callId)) ?? [];
  }

  async *list(sinceMs: number): AsyncIterable<CallRecord> {
    const ids = [...this.#records.values()]
      .filter((record) => record.createdMs >= sinceMs)
      .sort((a, b) => a.createdMs - b.createdMs)
      .map((record) => record.callId);
    for (const id of ids) {
      const record = this.#live(id);
      if (record) yield record;
    }
  }

  /** Lets go of all events; those of a store that is back are read from there. */
  forgetEvents(): void {
    this.#events.clear();
  }

  /** Lets go of everything but the calls that are running. */
  forgetEnded(): void {
    for (const [id, { stage }] of this.#records) if (stage === "ended") this.#records.delete(id);
    for (const [alias, id] of this.#aliases) {
      if (!this.#records.has(id)) this.#aliases.delete(alias);
    }
    for (const id of this.#events.keys()) if (!this.#records.has(id)) this.#events.delete(id);
    this.#sums.clear();
  }

  close(): void {}

  #resolve(idOrAlias: string): string {
    return this.#aliases.get(idOrAlias) ?? idOrAlias;
  }

  #live(id: string): CallRecord | undefined {
    const record = this.#records.get(id);
    return record && record.expiresMs > this.clock.wallMs() ? record : undefined;
  }

  #evict(): void {
    for (const [id, record] of this.#records) {
      if (record.stage === "ended") {
        this.#records.delete(id);
        return;
      }
    }
    trim(this.#records);
  }
}

/** Removes the oldest entries above the bound. */
function trim(entries: Map<string, unknown>): void {
  for (const key of entries.keys()) {
    if (entries.size <= MAX_ENTRIES) return;
    entries.delete(key);
  }
}
