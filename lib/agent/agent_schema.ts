import { z } from "zod";
import { FIX_MARK, must } from "../settings/checked_yaml.ts";
import type { DialTarget } from "../contracts/call_record.ts";
import { knownLanguages } from "../languages/languages.ts";
import { type Agent, type ByLanguage, type OpenRange, WEEKDAYS } from "./agent.ts";
import { defaultTexts } from "./default_texts.ts";
import { tag, text, texts, whole } from "./fields.ts";
import { mcp, memory, privacy, tools } from "./trust_schema.ts";

const phone = z.string(
  must("must be a phone number in quotes", 'write it like "+254709900100"'),
).regex(
  /^\+[1-9]\d{6,14}$/,
  must("must be a phone number with + and country code", 'write it like "+254709900100"'),
);

const kes = z.number(must("must be an amount in KES", "write it like 25"))
  .positive(must("must be above 0", "write it like 25, or take the line out"))
  .max(10_000_000, must("must be at most 10000000", "make it smaller"));

const times = z.string(must("must be hours like 08:00-18:00", "write 08:00-18:00"))
  .transform((value, context): OpenRange => {
    const [, h1, m1, h2, m2] = /^(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)$/.exec(value) ?? [];
    const range = { opensMin: +h1 * 60 + +m1, closesMin: +h2 * 60 + +m2 };
    const inDay = h1 !== undefined && +m1 < 60 && +m2 < 60 && range.closesMin <= 1440;
    if (inDay && range.opensMin < range.closesMin) return range;
    const fix = inDay
      ? "close after opening; put the part after midnight in the next day"
      : "write 08:00-18:00";
    context.addIssue({ code: "custom", message: `must be hours of one day${FIX_MARK}${fix}` });
    return z.NEVER;
  });

const day = z.union(
  [
    z.literal("closed").transform((): OpenRange[] => []),
    times.transform((range) => [range]),
    z.array(times).max(6),
  ],
  must("must be hours, a list of hours, or closed", "write 08:00-18:00"),
);

const hours = z.strictObject({
  time_zone: z.string(must("must be a time zone", "write Africa/Nairobi")).refine(
    isTimeZone,
    must("must be a time zone that exists", "write Africa/Nairobi"),
  ),
  every_day: day.optional(),
  weekdays: day.optional(),
  ...Object.fromEntries(WEEKDAYS.map((name) => [name, day.optional()])) as Record<
    (typeof WEEKDAYS)[number],
    z.ZodOptional<typeof day>
  >,
  holidays: z.array(z.iso.date(must("must be a date", "write it like 2026-12-25"))).max(366)
    .default([]),
}, must("must be a block of time_zone and days", "indent time_zone: and weekdays: below it"))
  .transform((value) => ({
    timeZone: value.time_zone,
    days: Object.fromEntries(WEEKDAYS.map((name, i) => [
      name,
      value[name] ?? (i < 5 ? value.weekdays : undefined) ?? value.every_day ?? [],
    ])) as Record<(typeof WEEKDAYS)[number], OpenRange[]>,
    holidays: value.holidays,
  }));

const handOver = z.strictObject({
  number: phone.optional(),
  numbers: z.array(phone).min(1).max(10).optional(),
  sip: z.string().regex(
    /^sips?:\S+@\S+$/,
    must("must be a SIP address", "write sip:desk@pbx.example"),
  )
    .optional(),
  queue: text(64).optional(),
  caller_id: phone.optional(),
  timeout_ms: whole(5_000, 120_000).default(25_000),
  strategies: z.array(text(64)).min(1).max(8).optional(),
  agent_numbers: z.array(phone).min(1).max(100).optional(),
  team_webhook: z.url({ protocol: /^https?$/, ...must("must be a URL", "write https://…") })
    .optional(),
  call_back: z.boolean(must("must be true or false", "write false")).default(false),
  max_people: whole(1, 1_000).default(20),
}, must("must say who takes over", 'write number: "+2547…" below it')).superRefine(
  ({ number, numbers, sip, queue }, context) => {
    const given = [number, numbers, sip, queue].filter((target) => target !== undefined).length;
    if (given === 1) return;
    context.addIssue({
      code: "custom",
      message: `must name exactly one of number, numbers, sip and queue, not ${given}${FIX_MARK}` +
        (given ? "keep one of them" : 'write number: "+2547…" below it'),
    });
  },
).transform(({ number, numbers, sip, queue, ...rest }) => ({
  target: Object.fromEntries(
    Object.entries({ number, numbers, sip, queue }).filter(([, given]) => given !== undefined),
  ) as DialTarget,
  callerId: rest.caller_id,
  timeoutMs: rest.timeout_ms,
  strategies: rest.strategies,
  agentNumbers: rest.agent_numbers,
  teamWebhook: rest.team_webhook,
  callBack: rest.call_back,
  maxPeople: rest.max_people,
}));

/** The agent file as it is written, made into an {@linkcode Agent}. */
export const agentSchema = z.strictObject({
  name: text(40),
  company: text(80),
  languages: z.array(tag.refine(
    (language) => knownLanguages().includes(language),
    must("must be a language that has tables", `write one of ${knownLanguages().join(", ")}`),
  )).min(1, must("must name a language", "write [en]")).max(8)
    .default(["en"]),
  persona: text(2_000).optional(),
  greeting: texts.default({}),
  hours: hours.optional(),
  hand_over: handOver,
  prompts: z.record(z.string(), texts).default({}),
  vocabulary: z.array(text(60)).max(100).default([]),
  voice: z.strictObject({ name: text(60).optional(), style: text(200).optional() }).default({}),
  turn: z.strictObject({
    soft_pause_ms: whole(100, 3_000).optional(),
    commit_ms: whole(200, 5_000).optional(),
    max_turn_ms: whole(2_000, 120_000).optional(),
    barge_in_voiced_ms: whole(60, 3_000).optional(),
  }).transform((value) => ({
    softPauseMs: value.soft_pause_ms,
    commitMs: value.commit_ms,
    maxTurnMs: value.max_turn_ms,
    bargeInVoicedMs: value.barge_in_voiced_ms,
  })).prefault({}),
  silence: z.strictObject({
    prompt_after_ms: whole(2_000, 60_000).default(10_000),
    prompts: whole(0, 5).default(2),
    hang_up_after_ms: whole(2_000, 60_000).default(8_000),
  }).transform((value) => ({
    promptAfterMs: value.prompt_after_ms,
    prompts: value.prompts,
    hangUpAfterMs: value.hang_up_after_ms,
  })).prefault({}),
  reply: z.strictObject({
    max_output_tokens: whole(32, 2_000).default(300),
    max_tool_rounds: whole(1, 8).default(3),
    max_history_messages: whole(4, 400).default(60),
  }).transform((value) => ({
    maxOutputTokens: value.max_output_tokens,
    maxToolRounds: value.max_tool_rounds,
    maxHistoryMessages: value.max_history_messages,
  })).prefault({}),
  recording: z.strictObject({
    enabled: z.boolean(must("must be true or false", "write false")).default(false),
    consent: texts.default({}),
  }).prefault({}),
  tools,
  mcp,
  privacy,
  memory,
  budget: z.strictObject({
    call_kes: kes.optional(),
    caller_day_kes: kes.optional(),
    day_kes: kes.optional(),
    soft_share: z.number(must("must be a share from 0.1 to 1", "write 0.8"))
      .min(0.1, must("must be a share from 0.1 to 1", "write 0.8"))
      .max(1, must("must be a share from 0.1 to 1", "write 0.8")).default(0.8),
    at_limit: z.enum(["hand_over", "close"], must("must be hand_over or close", "write hand_over"))
      .default("hand_over"),
  }, must("must be a block of limits", "write call_kes: 25 below it")).transform((value) => ({
    callKes: value.call_kes,
    callerDayKes: value.caller_day_kes,
    dayKes: value.day_kes,
    softShare: value.soft_share,
    atLimit: value.at_limit,
  })).prefault({}),
  max_call_ms: whole(30_000, 3_600_000).default(600_000),
}, must("must be a block of settings", "write name: and company: on lines of their own"))
  .transform((value): Agent => {
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
  });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
