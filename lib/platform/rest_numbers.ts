import * as v from "valibot";
import { isMissingForm, maybeAmount as amount, maybeText as text, parse } from "./rest_answer.ts";
import type { Rest } from "./rest_http.ts";
import { isObject } from "./wire_fields.ts";

const ownedNumber = v.pipe(
  v.object({
    id: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
    e164: text,
    number: text,
    status: text,
    voice_callback_url: text,
    voice_url: text,
    routing_url: text,
    events_url: text,
  }),
  v.transform((raw) => ({
    id: raw.id,
    e164: raw.e164 ?? raw.number ?? "",
    status: raw.status,
    voiceUrl: raw.voice_callback_url ?? raw.voice_url ?? raw.routing_url,
    eventsUrl: raw.events_url,
  })),
);

const freeNumber = v.pipe(
  v.custom<Record<string, unknown>>(isObject, "must be an object"),
  v.object({
    inventory_id: text,
    id: text,
    e164: text,
    number: text,
    monthly_price_minor: amount,
    currency: text,
  }),
  v.transform((raw) => ({
    id: raw.inventory_id ?? raw.id ?? raw.e164 ?? raw.number ?? "",
    e164: raw.e164 ?? raw.number ?? "",
    monthlyPriceMinor: raw.monthly_price_minor,
    currency: raw.currency,
  })),
);

/** A number of our own. */
export type OwnedNumber = v.InferOutput<typeof ownedNumber>;
/** A number that can be rented. */
export type FreeNumber = v.InferOutput<typeof freeNumber>;

export interface PlatformNumbers {
  numbers(signal?: AbortSignal): Promise<OwnedNumber[]>;
  availableNumbers(
    where: { country: string; currency: string },
    signal?: AbortSignal,
  ): Promise<FreeNumber[]>;
  /** Rents a number, which costs money each month; never repeated of itself. */
  claimNumber(free: FreeNumber, signal?: AbortSignal): Promise<void>;
  /** Sends a number's calls to our addresses, and returns the number as the platform then has it. */
  routeNumber(
    id: string,
    to: { voiceUrl: string; eventsUrl: string },
    signal?: AbortSignal,
  ): Promise<OwnedNumber>;
  wallet(signal?: AbortSignal): Promise<{ balanceMinor: number; currency: string }>;
}

/** The part of the client that is about numbers, each request in every form the platform has had. */
export function numbersOf(rest: Rest): PlatformNumbers {
  const numbers = async (signal?: AbortSignal) => {
    const what = "list our numbers";
    const answer = await rest({ what, method: "GET", path: "/v1/numbers" }, signal);
    return parse(what, listOf("numbers", ownedNumber), answer);
  };
  return {
    numbers,
    async availableNumbers(query, signal) {
      const what = "list available numbers";
      const path = "/v1/numbers/available";
      const answer = await rest({ what, method: "GET", path, query }, signal);
      return parse(what, listOf("available", freeNumber), answer);
    },
    async claimNumber({ id, e164 }, signal) {
      const claim = { what: "claim a number", method: "POST" as const };
      await inTurn(
        [404, 405],
        [
          { ...claim, path: "/v1/numbers/available/claim", body: { inventory_id: id } },
          { ...claim, path: `/v1/numbers/${encodeURIComponent(id)}/claim`, body: {} },
          { ...claim, path: "/v1/numbers", body: { number: e164, inventory_id: id } },
        ].map((form) => () => rest(form, signal)),
      );
    },
    async routeNumber(id, { voiceUrl, eventsUrl }, signal) {
      const what = "route a number";
      const number = `/v1/numbers/${encodeURIComponent(id)}`;
      const body = { voice_callback_url: voiceUrl, events_url: eventsUrl };
      await inTurn(
        [404, 405, 422],
        [
          { what, method: "PUT" as const, path: `${number}/routing`, body },
          {
            what,
            method: "PATCH" as const,
            path: `${number}/routing`,
            body: { ...body, voice_url: voiceUrl },
          },
          {
            what,
            method: "PATCH" as const,
            path: number,
            body: { routing_url: voiceUrl, events_url: eventsUrl },
          },
        ].map((form) => () => rest({ ...form, repeatable: true }, signal)),
      );
      const routed = (await numbers(signal)).find((owned) => owned.id === id);
      return routed ??
        { id, e164: "", status: undefined, voiceUrl: undefined, eventsUrl: undefined };
    },
    async wallet(signal) {
      const what = "ask for the balance";
      const answer = await inTurn([404, 405], [
        () => rest({ what, method: "GET", path: "/v1/wallet" }, signal),
        () => rest({ what, method: "GET", path: "/v1/wallet/balance" }, signal),
      ]);
      const balance = v.object({ balance_minor: v.pipe(v.number(), v.finite()), currency: text });
      const either = v.union([
        balance,
        v.pipe(v.object({ wallet: balance }), v.transform((raw) => raw.wallet)),
      ]);
      const { balance_minor, currency } = parse(what, either, answer);
      return { balanceMinor: balance_minor, currency: currency ?? "KES" };
    },
  };
}

/** Tries one form after another, as long as the platform does not know them. */
async function inTurn(unknown: number[], forms: (() => Promise<unknown>)[]): Promise<unknown> {
  for (const [i, ask] of forms.entries()) {
    try {
      return await ask();
    } catch (error) {
      if (i === forms.length - 1 || !isMissingForm(error, unknown)) throw error;
    }
  }
}

/** A list that comes bare, or under a name, or under `data`. */
function listOf<T extends v.GenericSchema>(name: string, item: T) {
  const items = v.array(item);
  return v.union([
    items,
    v.pipe(v.object({ [name]: items }), v.transform((raw) => raw[name])),
    v.pipe(v.object({ data: items }), v.transform((raw) => raw.data)),
  ]);
}
