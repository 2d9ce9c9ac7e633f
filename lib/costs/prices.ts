import * as v from "valibot";
import { FIX_MARK, must } from "../settings/checked_yaml.ts";
import { isRealDate } from "../settings/real_date.ts";
import { block, blockOf } from "../settings/yaml_block.ts";

/** What one model costs, in dollars; exactly one of the ways of billing is set. */
export interface ModelPrice {
  free?: boolean;
  /** For a million tokens of each kind. */
  usdPer1mTokens?: { textIn?: number; textOut?: number; audioIn?: number; audioOut?: number };
  usdPerMinute?: number;
  usdPer1kCharacters?: number;
  /** Turns audio into tokens where the provider reports none. */
  audioTokensPerSecond: number;
  /** Nobody has published this price. */
  isAssumed: boolean;
}

/** What engines, the line and people cost, and how long that holds. */
export interface Prices {
  /** ISO date of the last day on which they hold. */
  validUntil: string;
  source: string;
  usdToKes: { rate: number; on: string };
  lineKesPerMinute: { inbound: number; stream: number; outbound: number };
  personKesPerMinute?: number;
  /** By the name of a model, or of an engine without models. */
  models: Record<string, ModelPrice>;
}

const DAY_MS = 86_400_000;
/** Company clocks run at most 12 hours behind UTC. */
const ZONES_MS = DAY_MS / 2;

/** True when the last day of the prices is over everywhere. */
export function isStale({ validUntil }: Prices, wallMs: number): boolean {
  return wallMs >= Date.parse(validUntil) + DAY_MS + ZONES_MS;
}

const price = v.pipe(
  v.number(must("must be a number", "write it like 0.50")),
  v.minValue(0, must("must not be below 0", "write it like 0.50")),
  v.maxValue(100_000, must("must be at most 100000", "check the unit")),
);

const date = v.pipe(
  v.string(must("must be a date", "write it like 2026-12-31")),
  v.check(isRealDate, must("must be a date", "write it like 2026-12-31")),
);

/** Rate of Gemini's transcribing and speaking models; its general models take 32. */
const AUDIO_TOKENS_PER_SECOND = 25;

const model = v.pipe(
  block({
    free: v.optional(
      v.literal(true, must("must be true", "take the line out when it costs something")),
    ),
    usd_per_1m_tokens: v.optional(v.pipe(
      block({
        text_in: v.optional(price),
        text_out: v.optional(price),
        audio_in: v.optional(price),
        audio_out: v.optional(price),
      }, must("must be a block of text_in, text_out and the like", "write { text_in: 0.30 }")),
      v.transform((given) => ({
        textIn: given.text_in,
        textOut: given.text_out,
        audioIn: given.audio_in,
        audioOut: given.audio_out,
      })),
    )),
    usd_per_minute: v.optional(price),
    usd_per_1k_characters: v.optional(price),
    audio_tokens_per_second: v.optional(price, AUDIO_TOKENS_PER_SECOND),
    assumed: v.optional(v.boolean(must("must be true or false", "write true")), false),
  }, must("must be a block of prices", "write free: true or usd_per_minute: … below it")),
  v.check((given) => waysOfBilling(given) === 1, ({ input }) => {
    const ways = waysOfBilling(input);
    return "must have exactly one of free, usd_per_1m_tokens, usd_per_minute and " +
      `usd_per_1k_characters, not ${ways}${FIX_MARK}${ways ? "keep one of them" : "write one"}`;
  }),
  v.transform((given): ModelPrice => ({
    free: given.free,
    usdPer1mTokens: given.usd_per_1m_tokens,
    usdPerMinute: given.usd_per_minute,
    usdPer1kCharacters: given.usd_per_1k_characters,
    audioTokensPerSecond: given.audio_tokens_per_second,
    isAssumed: given.assumed,
  })),
);

/** The price file as it is written, made into {@linkcode Prices}. */
export const pricesSchema = v.pipe(
  block({
    valid_until: date,
    source: v.pipe(
      v.string(must("must be text", "write where the prices are from")),
      v.trim(),
      v.minLength(1, must("must not be empty", "write where the prices are from")),
    ),
    usd_to_kes: block({
      rate: v.pipe(
        price,
        v.minValue(1, must("must be at least 1", "write the shillings for one dollar")),
      ),
      on: date,
    }, must("must be a block of rate and on", "write rate: 129.03 and on: 2026-11-23 below it")),
    line_kes_per_minute: block(
      { inbound: price, stream: price, outbound: price },
      must("must be a block of inbound, stream and outbound", "write them below it"),
    ),
    person_kes_per_minute: v.optional(price),
    models: blockOf(
      v.string(),
      model,
      must("must be a block of models", "write gemini-3.5-flash-lite: … below it"),
    ),
  }, must("must be a block of prices", "write valid_until: and source: on lines of their own")),
  v.transform((given): Prices => ({
    validUntil: given.valid_until,
    source: given.source,
    usdToKes: given.usd_to_kes,
    lineKesPerMinute: given.line_kes_per_minute,
    personKesPerMinute: given.person_kes_per_minute,
    models: given.models,
  })),
);

function waysOfBilling(
  { free, usd_per_1m_tokens, usd_per_minute, usd_per_1k_characters }: Record<string, unknown>,
): number {
  return [free, usd_per_1m_tokens, usd_per_minute, usd_per_1k_characters]
    .filter((way) => way !== undefined).length;
}
