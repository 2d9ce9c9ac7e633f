import createModule, {
  type Decoder as PublicRecogniser,
  type SoundSwallowerModule,
} from "soundswallower";
import { SAMPLE_RATE_HZ } from "../../audio/pcm.ts";
import { isUnknown, PHONES, unknownWord, type WordGraph } from "./word_graph.ts";

/** How strongly the language model counts against the sound. Set by `bench/speech.ts`. */
const LANGUAGE_WEIGHT = 9;
/** Probabilities below this count as this; the decoder's own floor is not far below. */
const LEAST_PROBABILITY = 1e-12;

/** Functions of the WebAssembly module that its JavaScript does not wrap; pinned to 0.6.3. */
interface Native {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _decoder_logmath(decoder: number): number;
  _decoder_set_fsg(decoder: number, graph: number): number;
  _decoder_init_fe(decoder: number): number;
  _decoder_init_feat_s3file(decoder: number, lda: number): number;
  _acmod_reinit_feat(acmod: number, fe: number, feat: number): number;
  _logmath_log(logmath: number, probability: number): number;
  _fsg_model_init(name: number, logmath: number, weight: number, states: number): number;
  _fsg_set_states(graph: number, start: number, end: number): void;
  _fsg_model_word_add(graph: number, word: number): number;
  _fsg_model_trans_add(graph: number, from: number, to: number, log: number, word: number): void;
  _fsg_model_null_trans_add(graph: number, from: number, to: number, log: number): number;
}

/** One word as the decoder heard it; `unknown` is speech outside the vocabulary. */
export interface HeardWord {
  word: string;
  unknown: boolean;
  durationMs: number;
  /** Mean log likelihood per second against the best-fitting sound of each moment; 0 is best. */
  fit: number;
}

/** What the package's own class has beyond its type. */
type Recogniser = PublicRecogniser & { cdecoder: number; cacmod: number };

/** PocketSphinx as WebAssembly with the English telephone model that its package ships. */
export class Decoder {
  readonly #native: Native;
  readonly #recogniser: Recogniser;
  #graph = 0;
  #starts = new Map<string, number>();
  #end = 0;

  private constructor(native: Native, recogniser: Recogniser) {
    this.#native = native;
    this.#recogniser = recogniser;
  }

  /** Reads the model from the package's folder, which takes a third of a second. */
  static async load(): Promise<Decoder> {
    const module = await createModule(
      {
        modelBase: new URL("model/", import.meta.resolve("soundswallower")).pathname,
        defaultModel: "en-us",
        printErr: () => {},
      } as Parameters<typeof createModule>[0],
    ) as SoundSwallowerModule & Native;
    const recogniser = new module.Decoder({
      loglevel: "FATAL",
      samprate: SAMPLE_RATE_HZ,
      lw: LANGUAGE_WEIGHT,
    });
    await recogniser.initialize();
    return new Decoder(module, recogniser as Recogniser);
  }

  /** Tells whether the dictionary has the word. */
  knows(word: string): boolean {
    return this.#recogniser.lookup_word(word) !== null;
  }

  /** Adds a word by its phones as CMUdict writes them. */
  learn(word: string, phones: string): void {
    if (!this.knows(word)) this.#recogniser.add_words([word, phones]);
  }

  /** Puts a language model in place of the one before; each of its words must be known. */
  use(graph: WordGraph): void {
    const native = this.#native;
    for (const phone of PHONES) this.learn(unknownWord(phone), phone);
    const logmath = native._decoder_logmath(this.#recogniser.cdecoder);
    const log = (probability: number, weight: number) => {
      const exact = native._logmath_log(logmath, Math.max(probability, LEAST_PROBABILITY));
      return Math.min(-1, Math.round(exact * weight));
    };
    const model = this.#withText("agent", (name) => {
      return native._fsg_model_init(name, logmath, LANGUAGE_WEIGHT, graph.stateCount);
    });
    const ids = new Map<string, number>();
    const idOf = (word: string) => {
      let id = ids.get(word);
      if (id === undefined) {
        id = this.#withText(word, (text) => native._fsg_model_word_add(model, text));
        ids.set(word, id);
      }
      return id;
    };
    for (const { from, to, word, probability, unweighted } of graph.arcs) {
      const weighted = log(probability, unweighted ? 1 : LANGUAGE_WEIGHT);
      if (word === undefined) native._fsg_model_null_trans_add(model, from, to, weighted);
      else native._fsg_model_trans_add(model, from, to, weighted, idOf(word));
    }
    const [anyStart] = graph.starts.values();
    native._fsg_set_states(model, anyStart, graph.end);
    if (native._decoder_set_fsg(this.#recogniser.cdecoder, model) < 0) {
      throw new Error("Cannot use the language model: the decoder refused it");
    }
    this.#graph = model; // the decoder owns it, and has freed the one before
    this.#starts = graph.starts;
    this.#end = graph.end;
  }

  /**
   * Begins an utterance at the part of the graph that is expected.
   *
   * `opening` is the audio that it begins with, and still has to be heard. The decoder subtracts the
   * mean cepstrum of what it heard before, which would be another caller's, so the mean is set to
   * that of the opening.
   */
  start(part: string, opening: Float32Array): void {
    const native = this.#native, decoder = this.#recogniser.cdecoder;
    const fe = native._decoder_init_fe(decoder); // forgets the noise of the utterance before
    if (opening.length > 0) {
      const mean = meanCepstrum(this.#recogniser.spectrogram(opening));
      this.#recogniser.set_config("cmninit", mean.map((value) => value.toFixed(2)).join(","));
    }
    const feat = native._decoder_init_feat_s3file(decoder, 0);
    if (native._acmod_reinit_feat(this.#recogniser.cacmod, fe, feat) < 0) {
      throw new Error("Cannot start the decoder: its audio parameters were refused");
    }
    const start = this.#starts.get(part);
    if (start === undefined) throw new Error(`Cannot start the decoder: no part named ${part}`);
    native._fsg_set_states(this.#graph, start, this.#end);
    this.#recogniser.start();
  }

  hear(samples: Float32Array): void {
    if (samples.length > 0) this.#recogniser.process_audio(samples, false, false);
  }

  /** The words so far, which may still change. */
  guess(): string[] {
    return this.#recogniser.get_text().split(" ").filter((word) => word && !isUnknown(word))
      .map(withoutVariant);
  }

  /** Ends the utterance; gives its words, none when nothing fits. */
  stop(): HeardWord[] {
    this.#recogniser.stop();
    let words;
    try {
      words = this.#recogniser.get_alignment().w ?? [];
    } catch {
      return []; // there is no path to the end: too short, or silence
    }
    return words.filter(({ t, d }) => !/^[<[(]|^\+\+/.test(t) && d > 0).map(({ t, d, p }) => ({
      word: withoutVariant(t),
      unknown: isUnknown(t),
      durationMs: Math.round(d * 1000),
      fit: Math.log(Math.max(p, 1e-6)) / d,
    }));
  }

  #withText<T>(text: string, use: (address: number) => T): T {
    const bytes = new TextEncoder().encode(text + "\0");
    const address = this.#native._malloc(bytes.length);
    this.#native.HEAPU8.set(bytes, address);
    try {
      return use(address);
    } finally {
      this.#native._free(address);
    }
  }
}

/** `read(2)` is the second way to say `read`. */
function withoutVariant(word: string): string {
  return word.replace(/\(\d+\)$/, "");
}

/** Cepstral coefficients of the acoustic model, and its lifter, from its `feat_params.json`. */
const CEPSTRUM_LENGTH = 13;
const LIFTER = 22;

/**
 * Added to the mean level: the loudness of a second that begins with silence lies below that of the
 * speech. On a telephone line of 20 dB SNR it brought word errors from 27 to 16 %.
 */
const LEVEL_SHIFT = 4;

/** The mean cepstrum of log mel spectra, as the decoder's front end scales it. */
function meanCepstrum(spectra: { data: Float32Array; nfr: number; nfeat: number }): number[] {
  const { data, nfr: frames, nfeat: bands } = spectra;
  const mean = new Float64Array(bands);
  for (let at = 0; at < frames * bands; at++) mean[at % bands] += data[at] / frames;
  return Array.from({ length: CEPSTRUM_LENGTH }, (_, k) => {
    let sum = 0;
    for (let band = 0; band < bands; band++) {
      sum += mean[band] * Math.cos(Math.PI * k * (band + 0.5) / bands);
    }
    const lifter = k === 0 ? 1 : 1 + LIFTER / 2 * Math.sin(Math.PI * k / LIFTER);
    const scaled = sum * Math.sqrt((k === 0 ? 1 : 2) / bands) * lifter;
    return k === 0 ? scaled + LEVEL_SHIFT : scaled;
  });
}
