import type { LogLevel } from "@logtape/logtape";
import type { CountryCode } from "libphonenumber-js/min";
import type { Stage } from "./contracts/call_event.ts";
import type { Env } from "./settings/env.ts";
import type { Track } from "./platform/voice_actions.ts";
import type { VoiceFormat } from "./platform/voice_document.ts";
import { misspeltNames } from "./settings/setting_names.ts";
import { SettingReader } from "./settings/setting_reader.ts";

export const ENGINES = ["gemini", "openai", "embedded"] as const;
export type EngineName = (typeof ENGINES)[number];

/** Everything that the environment decides. */
export interface Settings {
  port: number;
  /** Where the platform reaches us, without a slash at the end; else the request's host. */
  publicUrl?: string;
  dataDir: string;
  agentDir: string;
  logLevel: LogLevel;
  /** Providers of each stage, in the order in which they are tried. */
  engines: Record<Stage, EngineName[]>;
  gemini: {
    apiKey?: string;
    baseUrl?: string;
    apiVersion: string;
    sttModel: string;
    sttLiveModel: string;
    llmModel: string;
    /** Answers when the other one is slow; a shorter prompt goes to the same model when absent. */
    llmSmallModel?: string;
    ttsModel: string;
  };
  openai: {
    apiKey?: string;
    /** Where each stage's server is; the vendor's own when absent. */
    baseUrls: Record<Stage, string | undefined>;
    sttModel: string;
    llmModel: string;
    llmSmallModel?: string;
    ttsModel: string;
    ttsVoice: string;
  };
  sautikit: {
    apiKey?: string;
    baseUrl: string;
    signingSecrets: string[];
    acceptBareHexSignatures: boolean;
  };
  /** Signs our tokens; kept in `dataDir` when absent. */
  tokenSecret?: string;
  /** Signs what the team's webhook gets. */
  teamSecret?: string;
  /** The company's own systems; a sample company when absent. */
  backendUrl?: string;
  /** A KV Connect database shared by several machines; a file in `dataDir` when absent. */
  kvUrl?: string;
  voiceFormat: VoiceFormat;
  track: Track;
  maxCalls: number;
  defaultCountry: CountryCode;
  ownedNumbers: string[];
  /** The number shown to the people we dial; the number that was called when absent. */
  callerId?: string;
  /** What is legal and probably not meant, as sentences. */
  notes: string[];
}

const LOG_LEVELS = ["trace", "debug", "info", "warning", "error", "fatal"] as const;

/**
 * Reads the settings from environment variables.
 *
 * @throws {SettingsError} with every problem there is, when there are any
 */
export function readSettings(env: Env): Settings {
  const read = new SettingReader(env);
  const geminiKey = read.secret("GEMINI_API_KEY");
  const settings: Settings = {
    port: read.whole("PORT", 8000, 0, 65_535),
    publicUrl: read.url("PUBLIC_URL"),
    dataDir: read.text("DATA_DIR", "./data"),
    agentDir: read.text("AGENT_DIR", "./agent"),
    logLevel: read.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
    engines: readEngines(read, geminiKey !== undefined),
    gemini: {
      apiKey: geminiKey,
      baseUrl: read.url("GEMINI_BASE_URL"),
      apiVersion: read.text("GEMINI_API_VERSION", "v1beta"),
      sttModel: read.text("GEMINI_STT_MODEL", "gemini-3.5-transcribe"),
      sttLiveModel: read.text("GEMINI_STT_LIVE_MODEL", "gemini-3.5-transcribe-live"),
      llmModel: read.text("GEMINI_LLM_MODEL", "gemini-3.5-flash-lite"),
      llmSmallModel: read.text("GEMINI_LLM_SMALL_MODEL", "") || undefined,
      ttsModel: read.text("GEMINI_TTS_MODEL", "gemini-3.8-flash-lite-tts"),
    },
    openai: readOpenAi(read),
    sautikit: {
      apiKey: read.secret("SAUTIKIT_API_KEY")?.replace(/^bearer\s+/i, ""),
      baseUrl: read.url("SAUTIKIT_BASE_URL") ?? "https://api.sautikit.com",
      signingSecrets: read.secrets("SAUTIKIT_SIGNING_SECRETS"),
      acceptBareHexSignatures: read.flag("SIGNATURE_COMPAT"),
    },
    tokenSecret: read.secret("TOKEN_SECRET", 32),
    teamSecret: read.secret("TEAM_WEBHOOK_SECRET", 16),
    backendUrl: read.url("BACKEND_URL"),
    kvUrl: read.url("DENO_KV_URL"),
    voiceFormat: read.oneOf("VOICE_FORMAT", ["xml", "json"], "xml"),
    track: read.oneOf("STREAM_TRACK", ["inbound_track", "both_tracks"], "inbound_track"),
    maxCalls: read.whole("MAX_CALLS", 50, 1, 10_000),
    defaultCountry: read.country("DEFAULT_COUNTRY", "KE"),
    ownedNumbers: read.numbers("OWNED_NUMBERS"),
    callerId: read.numbers("CALLER_ID", 1)[0],
    notes: misspeltNames(env),
  };
  checkEngines(read, settings);
  read.finish();
  if (settings.sautikit.signingSecrets.length === 0) {
    settings.notes.push(
      "SAUTIKIT_SIGNING_SECRETS is not set, so anyone who knows the URL can post callbacks: set it " +
        "to the number's voice_signing_secret",
    );
  }
  return settings;
}

function readEngines(read: SettingReader, hasGeminiKey: boolean): Record<Stage, EngineName[]> {
  const usual: EngineName[] = hasGeminiKey ? ["gemini", "embedded"] : ["embedded"];
  return {
    stt: read.list("STT", ENGINES, usual),
    llm: read.list("LLM", ENGINES, usual),
    tts: read.list("TTS", ENGINES, usual),
  };
}

function readOpenAi(read: SettingReader): Settings["openai"] {
  const common = read.url("OPENAI_BASE_URL");
  const stt = read.url("OPENAI_STT_BASE_URL") ?? common;
  return {
    apiKey: read.secret("OPENAI_API_KEY"),
    baseUrls: {
      stt,
      llm: read.url("OPENAI_LLM_BASE_URL") ?? common,
      tts: read.url("OPENAI_TTS_BASE_URL") ?? common,
    },
    // Own servers know the old name; the vendor shuts that model down.
    sttModel: read.text("OPENAI_STT_MODEL", stt ? "whisper-1" : "gpt-transcribe"),
    llmModel: read.text("OPENAI_LLM_MODEL", ""),
    llmSmallModel: read.text("OPENAI_LLM_SMALL_MODEL", "") || undefined,
    ttsModel: read.text("OPENAI_TTS_MODEL", "tts-1"),
    ttsVoice: read.text("OPENAI_TTS_VOICE", "alloy"),
  };
}

/** A provider that is named must be usable. */
function checkEngines(read: SettingReader, { engines, gemini, openai }: Settings): void {
  for (const stage of ["stt", "llm", "tts"] as const) {
    const name = stage.toUpperCase();
    if (engines[stage].includes("gemini") && !gemini.apiKey) {
      read.refuse("GEMINI_API_KEY", `must be set when ${name} names gemini`, "set the key");
    }
    if (!engines[stage].includes("openai")) continue;
    if (!openai.apiKey && !openai.baseUrls[stage]) {
      read.refuse(
        "OPENAI_API_KEY",
        `or OPENAI_${name}_BASE_URL must be set when ${name} names openai`,
        "set the key, or the address of your own server",
      );
    }
    if (stage === "llm" && openai.llmModel === "") {
      read.refuse(
        "OPENAI_LLM_MODEL",
        "must name a model when LLM names openai",
        "set it to one that the server lists at /v1/models",
      );
    }
  }
}
