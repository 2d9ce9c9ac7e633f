import * as v from "valibot";
import { FIX_MARK, must } from "../settings/checked_yaml.ts";
import { block, blockOf } from "../settings/yaml_block.ts";
import type { DialTarget } from "../contracts/call_record.ts";
import { knownLanguages } from "../languages/languages.ts";
import type { Agent, ByLanguage } from "./agent.ts";
import { defaultTexts } from "./default_texts.ts";
import { tag, text, texts, webUrl, whole, yesOrNo } from "./fields.ts";
import { hours } from "./hours_schema.ts";
import { mcp, memory, privacy, tools } from "./trust_schema.ts";

const phone = v.pipe(
  v.string(must("must be a phone number in quotes", 'write it like "+254709900100"')),
  v.regex(
    /^\+[1-9]\d{6,14}$/,
    must("must be a phone number with + and country code", 'write it like "+254709900100"'),
  ),
);

const kes = v.pipe(
  v.number(must("must be an amount in KES", "write it like 25")),
  v.gtValue(0, must("must be above 0", "write it like 25, or take the line out")),
  v.maxValue(10_000_000, must("must be at most 10000000", "make it smaller")),
);

const share = must("must be a share from 0.1 to 1", "write 0.8");
const softShare = v.pipe(v.number(share), v.minValue(0.1, share), v.maxValue(1, share));

const handOver = v.pipe(
  block({
    number: v.optional(phone),
    numbers: v.optional(v.pipe(v.array(phone), v.minLength(1), v.maxLength(10))),
    sip: v.optional(v.pipe(
      v.string(),
      v.regex(/^sips?:\S+@\S+$/, must("must be a SIP address", "write sip:desk@pbx.example")),
    )),
    queue: v.optional(text(64)),
    caller_id: v.optional(phone),
    timeout_ms: v.optional(whole(5_000, 120_000), 25_000),
    strategies: v.optional(v.pipe(v.array(text(64)), v.minLength(1), v.maxLength(8))),
    agent_numbers: v.optional(v.pipe(v.array(phone), v.minLength(1), v.maxLength(100))),
    team_webhook: v.optional(webUrl),
    call_back: v.optional(yesOrNo, false),
    max_people: v.optional(whole(1, 1_000), 20),
  }, must("must say who takes over", 'write number: "+2547…" below it')),
  v.check((given) => targetsOf(given).length === 1, ({ input }) => {
    const given = targetsOf(input).length;
    return `must name exactly one of number, numbers, sip and queue, not ${given}${FIX_MARK}` +
      (given ? "keep one of them" : 'write number: "+2547…" below it');
  }),
  v.transform((value) => ({
    target: Object.fromEntries(targetsOf(value)) as DialTarget,
    callerId: value.caller_id,
    timeoutMs: value.timeout_ms,
    strategies: value.strategies,
    agentNumbers: value.agent_numbers,
    teamWebhook: value.team_webhook,
    callBack: value.call_back,
    maxPeople: value.max_people,
  })),
);

/** The agent file as it is written, made into an {@linkcode Agent}. */
export const agentSchema = v.pipe(
  block({
    name: text(40),
    company: text(80),
    languages: v.optional(
      v.pipe(
        v.array(v.pipe(
          tag,
          v.check(
            (language) => knownLanguages().includes(language),
            must(
              "must be a language that has tables",
              `write one of ${knownLanguages().join(", ")}`,
            ),
          ),
        )),
        v.minLength(1, must("must name a language", "write [en]")),
        v.maxLength(8),
      ),
      ["en"],
    ),
    persona: v.optional(text(2_000)),
    greeting: v.optional(texts, {}),
    hours: v.optional(hours),
    hand_over: handOver,
    prompts: v.optional(blockOf(v.string(), texts), {}),
    vocabulary: v.optional(v.pipe(v.array(text(60)), v.maxLength(100)), []),
    voice: v.optional(
      block({ name: v.optional(text(60)), style: v.optional(text(200)) }),
      {},
    ),
    turn: v.optional(
      v.pipe(
        block({
          soft_pause_ms: v.optional(whole(100, 3_000)),
          commit_ms: v.optional(whole(200, 5_000)),
          max_turn_ms: v.optional(whole(2_000, 120_000)),
          barge_in_voiced_ms: v.optional(whole(60, 3_000)),
        }),
        v.transform((value) => ({
          softPauseMs: value.soft_pause_ms,
          commitMs: value.commit_ms,
          maxTurnMs: value.max_turn_ms,
          bargeInVoicedMs: value.barge_in_voiced_ms,
        })),
      ),
      {},
    ),
    silence: v.optional(
      v.pipe(
        block({
          prompt_after_ms: v.optional(whole(2_000, 60_000), 10_000),
          prompts: v.optional(whole(0, 5), 2),
          hang_up_after_ms: v.optional(whole(2_000, 60_000), 8_000),
        }),
        v.transform((value) => ({
          promptAfterMs: value.prompt_after_ms,
          prompts: value.prompts,
          hangUpAfterMs: value.hang_up_after_ms,
        })),
      ),
      {},
    ),
    reply: v.optional(
      v.pipe(
        block({
          max_output_tokens: v.optional(whole(32, 2_000), 300),
          max_tool_rounds: v.optional(whole(1, 8), 3),
          max_history_messages: v.optional(whole(4, 400), 60),
        }),
        v.transform((value) => ({
          maxOutputTokens: value.max_output_tokens,
          maxToolRounds: value.max_tool_rounds,
          maxHistoryMessages: value.max_history_messages,
        })),
      ),
      {},
    ),
    recording: v.optional(
      block({ enabled: v.optional(yesOrNo, false), consent: v.optional(texts, {}) }),
      {},
    ),
    tools,
    mcp,
    privacy,
    memory,
    budget: v.optional(
      v.pipe(
        block({
          call_kes: v.optional(kes),
          caller_day_kes: v.optional(kes),
          day_kes: v.optional(kes),
          soft_share: v.optional(softShare, 0.8),
          at_limit: v.optional(
            v.picklist(
              ["hand_over", "close"],
              must("must be hand_over or close", "write hand_over"),
            ),
            "hand_over",
          ),
        }, must("must be a block of limits", "write call_kes: 25 below it")),
        v.transform((value) => ({
          callKes: value.call_kes,
          callerDayKes: value.caller_day_kes,
          dayKes: value.day_kes,
          softShare: value.soft_share,
          atLimit: value.at_limit,
        })),
      ),
      {},
    ),
    max_call_ms: v.optional(whole(30_000, 3_600_000), 600_000),
  }, must("must be a block of settings", "write name: and company: on lines of their own")),
  v.transform((value): Agent => {
    const { languages } = value;
    const named = (template: string) =>
      template.replaceAll("{name}", value.name).replaceAll("{company}", value.company);
    const fill = (given: ByLanguage, fallback: ByLanguage = {}): ByLanguage =>
      Object.fromEntries(languages.map((language) => [
        language,
        named(given[language] ?? given["*"] ?? fallback[language] ?? ""),
      ]));
    return {
      name: value.name,
      company: value.company,
      languages,
      persona: value.persona,
      greeting: fill(value.greeting, defaultTexts("greeting_default")),
      hours: value.hours,
      handOver: value.hand_over,
      prompts: Object.fromEntries(
        Object.entries(value.prompts).map(([name, given]) => [name, fill(given)]),
      ),
      vocabulary: value.vocabulary,
      voice: value.voice,
      turn: value.turn,
      silence: value.silence,
      reply: value.reply,
      recording: {
        enabled: value.recording.enabled,
        consent: value.recording.enabled
          ? fill(value.recording.consent, defaultTexts("consent_recording"))
          : {},
      },
      tools: value.tools,
      mcp: value.mcp,
      privacy: value.privacy,
      memory: value.memory,
      budget: value.budget,
      maxCallMs: value.max_call_ms,
    };
  }),
);

/** The ways in which people are reached that the file names. */
function targetsOf({ number, numbers, sip, queue }: Record<string, unknown>) {
  return Object.entries({ number, numbers, sip, queue }).filter(([, given]) => given !== undefined);
}
