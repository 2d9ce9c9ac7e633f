import type OpenAI from "openai";
import type { SpeechCreateParams } from "openai/resources/audio/speech";
import type { Tts } from "../../contracts/tts.ts";
import { ownedRequest } from "../../engines/owned_request.ts";
import { audible } from "../audible.ts";
import { SpeechBytes } from "../speech_bytes.ts";
import { spokenText } from "../spoken_text.ts";
import { openAiClient, type OpenAiServer } from "./openai_client.ts";
import { fault, openAiError } from "./openai_error.ts";

export interface OpenAiTtsOptions extends OpenAiServer {
  model: string;
  voice: string;
  /** Rate of the server's raw PCM; a WAV header or the answer's type overrules it. @default 24000 */
  sampleRateHz?: number;
}

/** What the vendor, Kokoro-FastAPI and most voices of speaches answer with. */
const DEFAULT_RATE_HZ = 24_000;

/** Speaks with a server's `/audio/speech`, streaming. */
export async function createOpenAiTts(options: OpenAiTtsOptions): Promise<Tts> {
  const client = await openAiClient(options);
  return async function* (text, _ttsOptions, signal) {
    signal.throwIfAborted();
    const spoken = spokenText(text);
    if (!spoken) return;
    yield* ownedRequest(
      signal,
      (own) =>
        audible(
          speak(client, options, spoken, own),
          () => fault("empty", "The server made no sound"),
        ),
      (error) => openAiError(error, options.apiKey),
    );
  };
}

async function* speak(
  client: OpenAI,
  { model, voice, sampleRateHz }: OpenAiTtsOptions,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<Int16Array> {
  const params: SpeechCreateParams = { model, voice, input: text, response_format: "pcm" };
  const { body, headers } = await client.audio.speech.create(params, { signal });
  if (!body) throw fault("empty", "The server answered without a body");
  const type = headers.get("content-type") ?? "";
  if (/json|^text\//.test(type)) {
    throw fault("broken", `The server answered with ${type} in place of speech`);
  }
  const speech = new SpeechBytes(rateFrom(headers) ?? sampleRateHz ?? DEFAULT_RATE_HZ);
  let first = true;
  for await (const bytes of body) {
    if (first) refuseCompressed(bytes);
    first = false;
    yield speech.push(bytes);
  }
  yield speech.flush();
}

/** Reads `audio/pcm;rate=16000` and a header that some servers send beside raw PCM. */
function rateFrom(headers: Headers): number | undefined {
  const type = /\brate=(\d+)/.exec(headers.get("content-type") ?? "")?.[1];
  const rateHz = Number(type ?? headers.get("x-sample-rate") ?? NaN);
  return rateHz > 0 ? rateHz : undefined;
}

/** Played as PCM, a compressed file is a roar. */
function refuseCompressed(bytes: Uint8Array): void {
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  if (/^(ID3|OggS|fLaC)/.test(head) || /^\xff[\xfb\xf3\xf2]/.test(head)) {
    throw fault(
      "bad_request",
      "The server must answer with PCM or WAV: received a compressed file",
    );
  }
}
