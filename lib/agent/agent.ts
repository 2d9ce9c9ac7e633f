import type { DialTarget } from "../contracts/call_record.ts";
import type { RuleName } from "../privacy/mask.ts";

/** Texts by primary language tag. */
export type ByLanguage = Record<string, string>;

/** What `agent.yaml` says about one agent, checked and completed with defaults. */
export interface Agent {
  /** What the agent calls itself. */
  name: string;
  company: string;
  /** Primary tags of the languages it speaks; the first is the one it begins with. */
  languages: string[];
  /** How it behaves, for a language model. */
  persona?: string;
  /** What it says first; has every language. */
  greeting: ByLanguage;
  /** When people are there to take over; absent when they always are. */
  hours?: Hours;
  handOver: HandOverSettings;
  /** Texts that replace built-in ones, by the name of the prompt. */
  prompts: Record<string, ByLanguage>;
  /** Names and terms that callers use. */
  vocabulary: string[];
  voice: VoiceSettings;
  /** Where this agent listens differently from the default. */
  turn: TurnOverrides;
  silence: SilenceSettings;
  reply: ReplyLimits;
  recording: RecordingSettings;
  tools: ToolSettings;
  /** Servers whose tools the model may use, too. */
  mcp: McpSettings[];
  privacy: PrivacySettings;
  memory: MemorySettings;
  budget: BudgetSettings;
  maxCallMs: number;
}

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Opening hours on the company's own clock. */
export interface Hours {
  /** IANA name, such as `Africa/Nairobi`. */
  timeZone: string;
  /** A day without ranges is closed. */
  days: Record<Weekday, OpenRange[]>;
  /** ISO dates on which nobody is there. */
  holidays: string[];
}

/** Minutes since midnight; `closesMin` is at most 1440. */
export interface OpenRange {
  opensMin: number;
  closesMin: number;
}

export interface HandOverSettings {
  target: DialTarget;
  /** The number that the person sees; one of the company's own. */
  callerId?: string;
  /** How long one attempt may take. */
  timeoutMs: number;
  /** Which ways are tried, in order; absent for the built-in order. */
  strategies?: string[];
  /** Numbers of ours at which the agent answers legs that callers are led to. */
  agentNumbers?: string[];
  /** Told about each hand-over, so that the team can read the brief. */
  teamWebhook?: string;
  /** Promises are kept by calling a person and then the caller. */
  callBack: boolean;
  /** People who may be on the phone with callers at once. */
  maxPeople: number;
}

export interface VoiceSettings {
  /** The provider's name of the voice. */
  name?: string;
  /** How to speak, such as "warm and calm". */
  style?: string;
}

export interface TurnOverrides {
  softPauseMs?: number;
  commitMs?: number;
  maxTurnMs?: number;
  bargeInVoicedMs?: number;
}

export interface SilenceSettings {
  /** Silence before the agent asks whether the caller is there. */
  promptAfterMs: number;
  /** How often it asks. */
  prompts: number;
  /** Silence after the last prompt before it hangs up. */
  hangUpAfterMs: number;
}

export interface ReplyLimits {
  maxOutputTokens: number;
  maxToolRounds: number;
  /** Messages of history that a reply is made from. */
  maxHistoryMessages: number;
}

/** How much calls may cost, in KES from the price file; an absent limit does not hold. */
export interface BudgetSettings {
  callKes?: number;
  /** One number, one day on the company's clock. */
  callerDayKes?: number;
  dayKes?: number;
  /** From this share of a limit on, answers are shorter. */
  softShare: number;
  /** What happens when a limit is reached. */
  atLimit: "hand_over" | "close";
}

export interface RecordingSettings {
  enabled: boolean;
  /** Said before anything is recorded; has every language when `enabled`. */
  consent: ByLanguage;
}

/** Where tools that are written in YAML may go. */
export interface ToolSettings {
  hosts: AllowedHost[];
}

/** A host that tools may ask; any other is refused. */
export interface AllowedHost {
  /** Lower case, with the port when it isn't the usual one: `crm.example:8443`. */
  host: string;
  /** True for a host inside our own network, which may then be asked without TLS, too. */
  allowPrivate: boolean;
}

/** One server of the Model Context Protocol, by address or by command. */
export interface McpSettings {
  name: string;
  url?: string;
  command?: string[];
  /** Headers of every request; `${env:NAME}` stands for a variable. */
  headers: Record<string, string>;
  /** Tools of it that may be used; all others are not offered. */
  tools: McpToolSettings[];
}

export interface McpToolSettings {
  name: string;
  effect: "read" | "write" | "irreversible";
  identity: "none" | "number" | "fact" | "code";
  /** Asked before a write; `{argument}` stands for a value. */
  confirm?: ByLanguage;
  timeoutMs?: number;
}

export interface PrivacySettings {
  /** How long calls, their transcripts and recordings are kept. */
  retentionDays: number;
  /** What is masked in logs and transcripts; absent ones are. */
  mask: Partial<Record<RuleName, boolean>>;
}

export interface MemorySettings {
  /** Whether callers are recognised by the salted hash of their number. */
  enabled: boolean;
  days: number;
}
