import { bytesFromSamples, samplesFromBytes } from "../audio/pcm.ts";

const DIGEST_BYTES = 32;
const SUFFIX = ".s16le";

/**
 * Keeps audio in a folder, one file per key: the SHA-256 of the samples, then mono 16-bit
 * little-endian samples at 16 kHz. A file appears whole or not at all, and one whose digest doesn't
 * fit counts as absent.
 */
export class SpeechFiles {
  constructor(readonly directory: string) {}

  /** Gives the samples of a key, `undefined` when there are none or the file is damaged. */
  async read(key: string): Promise<Int16Array | undefined> {
    let bytes;
    try {
      bytes = await Deno.readFile(await this.#pathOf(key));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
    const audio = bytes.subarray(DIGEST_BYTES);
    if (audio.length === 0 || audio.length % 2 !== 0) return undefined;
    const digest = await sha256(audio);
    if (!digest.every((byte, i) => byte === bytes[i])) return undefined;
    return samplesFromBytes(audio);
  }

  /** Tells whether there is a file for the key; whether it is whole shows when it is read. */
  async has(key: string): Promise<boolean> {
    try {
      return (await Deno.stat(await this.#pathOf(key))).size > DIGEST_BYTES;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }

  /** Puts samples under a key in place of what was there. */
  async write(key: string, samples: Int16Array): Promise<void> {
    await Deno.mkdir(this.directory, { recursive: true });
    const audio = bytesFromSamples(samples);
    const bytes = new Uint8Array(DIGEST_BYTES + audio.length);
    bytes.set(await sha256(audio));
    bytes.set(audio, DIGEST_BYTES);
    const path = await this.#pathOf(key);
    const unfinished = `${path}.${crypto.randomUUID()}.part`;
    try {
      await Deno.writeFile(unfinished, bytes, { mode: 0o600 });
      await Deno.rename(unfinished, path);
    } catch (error) {
      await Deno.remove(unfinished).catch(() => {});
      throw error;
    }
  }

  /** Removes the oldest files that no key of `wanted` names, until at most `maxBytes` are left. */
  async prune(wanted: Iterable<string>, maxBytes: number): Promise<void> {
    const kept = new Set<string>();
    for (const key of wanted) kept.add(await this.#pathOf(key));
    const files: { path: string; sizeBytes: number; changedMs: number }[] = [];
    let totalBytes = 0;
    for await (const { name, isFile } of Deno.readDir(this.directory)) {
      if (!isFile || !/\.s16le(\.[\w-]+\.part)?$/.test(name)) continue;
      const path = `${this.directory}/${name}`;
      const { size, mtime } = await Deno.stat(path);
      totalBytes += size;
      if (!kept.has(path)) files.push({ path, sizeBytes: size, changedMs: Number(mtime) });
    }
    files.sort((a, b) => a.changedMs - b.changedMs);
    for (const { path, sizeBytes } of files) {
      if (totalBytes <= maxBytes) return;
      await Deno.remove(path);
      totalBytes -= sizeBytes;
    }
  }

  async #pathOf(key: string): Promise<string> {
    const digest = await sha256(new TextEncoder().encode(key));
    return `${this.directory}/${digest.toHex()}${SUFFIX}`;
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
