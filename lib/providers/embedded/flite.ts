import {
  ConsoleStdout,
  File,
  OpenFile,
  PreopenDirectory,
  WASI,
  WASIProcExit,
} from "@bjorn3/browser_wasi_shim";
import { readWav } from "../../audio/wav.ts";
import flite from "./flite_wasm.js";

/** Voices inside the module, all at 16 kHz: a woman, two men, and an older man's voice. */
export const VOICE_NAMES = ["slt", "rms", "awb", "kal16"] as const;
export type VoiceName = typeof VOICE_NAMES[number];

/** What a WASI command exports. */
interface Program {
  exports: { memory: WebAssembly.Memory; _start: () => unknown };
}

/** Flite's phones that CMUdict spells otherwise. */
const CMUDICT_PHONE: Record<string, string> = { ax: "AH", axr: "ER" };
const PAUSE = "pau";

/**
 * CMU Flite as a command-line program in WebAssembly, run once per piece of text.
 *
 * One instance is kept and its memory rolled back before each run: a new instance per run holds
 * 22 MB until it is collected, and was measured to grow the process to 1 GB.
 */
export class Flite {
  #instance?: Program;
  #image = new Uint8Array(0);
  #wasi?: WASI;

  /**
   * Speaks plain ASCII text, or SSML.
   *
   * @throws when Flite stops with an error; the next run begins with a new instance
   */
  speak(text: string, voice: VoiceName, ssml = false): Int16Array {
    const options = ["-voice", voice, ...(ssml ? ["-ssml"] : [])];
    const { file, printed } = this.#run([...options, "-t", text, "-o", "speech.wav"]);
    if (!file) throw new Error(`Flite made no audio: ${printed}`);
    return readWav(file).channels[0];
  }

  /** Gives the phones of each word by Flite's lexicon and letter-to-sound rules, as in CMUdict. */
  pronounce(word: string): string {
    const { printed } = this.#run(["-ps", "-t", word, "-o", "none"]);
    return printed.trim().split(/\s+/).filter((phone) => phone !== PAUSE)
      .map((phone) => CMUDICT_PHONE[phone] ?? phone.toUpperCase()).join(" ");
  }

  #run(args: string[]): { file?: Uint8Array; printed: string } {
    let printed = "";
    const print = new ConsoleStdout((bytes) => printed += new TextDecoder().decode(bytes));
    const files = new Map<string, File>();
    const open = [
      new OpenFile(new File([])),
      print,
      print,
      new PreopenDirectory(".", files),
    ];
    const wasi = this.#prepare();
    wasi.args = ["flite", ...args];
    wasi.fds = open;
    try {
      this.#instance!.exports._start();
    } catch (error) {
      if (!(error instanceof WASIProcExit) || error.code !== 0) {
        this.#instance = undefined;
        throw new Error(`Flite stopped: ${printed}`, { cause: error });
      }
    }
    return { file: files.get("speech.wav")?.data, printed };
  }

  #prepare(): WASI {
    if (this.#instance && this.#wasi) {
      const memory = new Uint8Array(this.#instance.exports.memory.buffer);
      memory.set(this.#image);
      memory.fill(0, this.#image.length);
      return this.#wasi;
    }
    const wasi = this.#wasi = new WASI([], [], [], { debug: false });
    const instance = new WebAssembly.Instance(flite, { wasi_snapshot_preview1: wasi.wasiImport });
    this.#instance = instance as unknown as Program;
    this.#image = new Uint8Array(this.#instance.exports.memory.buffer).slice();
    wasi.inst = this.#instance;
    return wasi;
  }
}
