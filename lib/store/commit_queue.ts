import { whenUnlocked } from "./locked_file.ts";

/** One change of the database: all of it happens, or nothing. */
export interface Change {
  /** Entries that must still be as they were read. */
  checks?: Deno.AtomicCheck[];
  sets: { key: Deno.KvKey; value: unknown; expireIn?: number }[];
}

interface Waiting {
  change: Change;
  keys: string[];
  resolve(ok: boolean): void;
  reject(error: unknown): void;
}

/** Deno KV takes 100 checks and 800 KiB in one commit; a change has one check and 64 KiB at most. */
const MAX_TOGETHER = 12;

/**
 * Commits changes that come at the same time together: a commit costs three milliseconds of disk
 * however much is in it, and there is only one at a time.
 */
export class CommitQueue {
  #waiting: Waiting[] = [];
  #running = false;

  constructor(readonly kv: Deno.Kv) {}

  /** Resolves with false when an entry was changed by another meanwhile. */
  commit(change: Change): Promise<boolean> {
    const keys = change.sets.map(({ key }) => JSON.stringify(key));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, keys, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) await this.#commitAll(this.#take());
    this.#running = false;
  }

  /** Those that have no key in common: of two changes of one entry the second must see the first. */
  #take(): Waiting[] {
    const taken: Waiting[] = [];
    const keys = new Set<string>();
    this.#waiting = this.#waiting.filter((waiting) => {
      const fits = taken.length < MAX_TOGETHER && !waiting.keys.some((key) => keys.has(key));
      for (const key of waiting.keys) keys.add(key);
      if (fits) taken.push(waiting);
      return !fits;
    });
    return taken;
  }

  async #commitAll(together: Waiting[]): Promise<void> {
    try {
      const ok = await this.#write(together.map(({ change }) => change));
      if (ok || together.length === 1) {
        for (const { resolve } of together) resolve(ok);
        return;
      }
      // One of them came too late; each is told by itself.
      for (const one of together) await this.#commitAll([one]);
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  async #write(changes: Change[]): Promise<boolean> {
    const commit = this.kv.atomic();
    for (const { checks = [], sets } of changes) {
      for (const check of checks) commit.check(check);
      for (const { key, value, expireIn } of sets) commit.set(key, value, { expireIn });
    }
    return (await whenUnlocked(() => commit.commit())).ok;
  }
}
