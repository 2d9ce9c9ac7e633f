import * as v from "valibot";
import { type Clock, deadline } from "../clock.ts";
import {
  type Backend,
  type BackendAnswer,
  BackendError,
  type BackendRequest,
} from "../contracts/backend.ts";
import { refusalText } from "../settings/issue_text.ts";
import { isRealDate } from "../settings/real_date.ts";

/** Answers above this are refused: facts for a phone call are small. */
export const MAX_ANSWER_BYTES = 256 * 1024;
/** Time that one request has; a tool's own limit may be shorter. */
export const REQUEST_TIMEOUT_MS = 3_500;

export interface HttpBackendOptions {
  clock: Clock;
  /** @default the global `fetch` */
  fetch?: typeof fetch;
  /** Sent with every request, such as `authorization`. */
  headers?: Record<string, string>;
  /** @default REQUEST_TIMEOUT_MS */
  timeoutMs?: number;
}

const isoDate = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}/, "must be an ISO date"));
const isoInstant = v.pipe(v.string(), v.check(isInstant, "must be an ISO date and time"));
const text = v.pipe(v.string(), v.maxLength(500));

const account = v.object({
  accountNumber: text,
  name: text,
  plan: text,
  status: v.picklist(["active", "suspended", "closed"]),
  balanceMinor: v.pipe(v.number(), v.safeInteger()),
  currency: v.pipe(v.string(), v.length(3)),
  dueOn: v.optional(isoDate),
  area: v.optional(text),
});
const order = v.object({
  orderNumber: text,
  status: v.picklist(["placed", "packed", "on_the_way", "delivered", "cancelled"]),
  item: text,
  expectedOn: v.optional(isoDate),
});
const ticket = v.object({
  reference: text,
  subject: text,
  status: v.picklist(["open", "in_progress", "closed"]),
  openedOn: isoDate,
});
const outage = v.object({
  area: text,
  cause: text,
  since: isoInstant,
  expectedBack: v.optional(isoInstant),
});

/**
 * The company's own systems behind plain REST.
 *
 * The caller's number travels in the header `x-caller-number`, never in a URL, and writes carry
 * `idempotency-key`. Bodies are JSON. Money is in minor units, and a balance above zero is to be
 * paid. Instants carry the company's own offset, since their time of day is said as it is written.
 *
 * | request | answer |
 * |---|---|
 * | `GET /account` | an account, or 404 |
 * | `GET /orders/{orderNumber}` | an order of that caller, or 404 |
 * | `GET /tickets` | an array of tickets |
 * | `GET /outages?area=` | an array of outages |
 * | `GET /areas` | an array of names |
 * | `POST /password-resets` `{}` | `{ "sentTo": "…" }` |
 * | `POST /tickets` `{ "subject", "detail" }` | a ticket |
 * | what a tool's YAML file says | JSON that it picks from |
 *
 * @throws {TypeError} when `baseUrl` is not an http(s) URL; methods throw {@linkcode BackendError}
 */
export function createHttpBackend(baseUrl: string, options: HttpBackendOptions): Backend {
  const base = URL.parse(baseUrl);
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw new TypeError(
      `Cannot reach the company's system: the address must be an http(s) URL: received ${
        JSON.stringify(baseUrl)
      }`,
    );
  }
  const root = base.href.replace(/\/+$/, "");
  const { clock, timeoutMs = REQUEST_TIMEOUT_MS } = options;

  async function send(
    what: string,
    { method, path, headers: more, callerNumber, idempotencyKey, body }: BackendRequest,
    parent: AbortSignal,
  ): Promise<BackendAnswer> {
    const headers = new Headers({ accept: "application/json", ...options.headers, ...more });
    if (callerNumber) headers.set("x-caller-number", callerNumber);
    if (idempotencyKey) headers.set("idempotency-key", idempotencyKey);
    if (body !== undefined) headers.set("content-type", "application/json");
    const limit = deadline(clock, timeoutMs, parent);
    try {
      const response = await (options.fetch ?? fetch)(`${root}${path}`, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        // A redirect would send the caller's number to a host that nobody named.
        redirect: "manual",
        signal: limit.signal,
      });
      return { status: response.status, text: await readBounded(response, what) };
    } catch (error) {
      if (error instanceof BackendError || parent.aborted) throw error;
      const reason = limit.signal.aborted
        ? `no answer within ${timeoutMs} ms`
        : "the company's system must be reachable";
      throw new BackendError(`Cannot ${what}: ${reason}`, { cause: error });
    } finally {
      limit.clear();
    }
  }

  /** An answer of the shape that is documented, nothing when there is no such thing. */
  async function ask<T>(
    what: string,
    path: string,
    answer: v.GenericSchema<unknown, T>,
    init: Omit<BackendRequest, "method" | "path">,
    parent: AbortSignal,
  ): Promise<T | undefined> {
    const method = init.body === undefined ? "GET" : "POST";
    const { status, text } = await send(what, { ...init, method, path }, parent);
    if (status === 404) return undefined;
    if (status < 200 || status > 299) {
      throw new BackendError(`Cannot ${what}: the status must be 2xx or 404: received ${status}`);
    }
    const parsed = v.safeParse(answer, jsonOf(what, text), { message: refusalText });
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    const at = v.getDotPath(issue) ?? "body";
    throw new BackendError(`Cannot ${what}: the answer's ${at} ${issue.message}`);
  }

  /** For answers that cannot be "no such thing". */
  function required<T>(what: string, answer: T | undefined): T {
    if (answer !== undefined) return answer;
    throw new BackendError(`Cannot ${what}: the status must be 2xx: received 404`);
  }

  return {
    account: ({ callerNumber }, signal) =>
      ask("get the account", "/account", account, { callerNumber }, signal),
    order: ({ callerNumber, orderNumber }, signal) =>
      ask(
        "get the order",
        `/orders/${encodeURIComponent(orderNumber)}`,
        order,
        { callerNumber },
        signal,
      ),
    async tickets({ callerNumber }, signal) {
      const list = v.pipe(v.array(ticket), v.maxLength(100));
      return await ask("get the tickets", "/tickets", list, { callerNumber }, signal) ?? [];
    },
    async outages({ area }, signal) {
      const path = `/outages?${new URLSearchParams({ area })}`;
      const list = v.pipe(v.array(outage), v.maxLength(100));
      return await ask("get the outages", path, list, {}, signal) ?? [];
    },
    async areas(signal) {
      const list = v.pipe(v.array(text), v.maxLength(2_000));
      return await ask("get the areas", "/areas", list, {}, signal) ?? [];
    },
    async resetPassword({ callerNumber, idempotencyKey }, signal) {
      const what = "reset the password";
      const init = { callerNumber, idempotencyKey, body: {} };
      const answer = v.object({ sentTo: text });
      return required(what, await ask(what, "/password-resets", answer, init, signal));
    },
    async openTicket({ callerNumber, idempotencyKey, subject, detail }, signal) {
      const what = "open a ticket";
      const init = { callerNumber, idempotencyKey, body: { subject, detail } };
      return required(what, await ask(what, "/tickets", ticket, init, signal));
    },
    request: (request, signal) => send(`ask for ${request.method}`, request, signal),
  };
}

/** A day that exists and a time, with or without the offset from UTC. */
function isInstant(text: string): boolean {
  const [, day] =
    /^([\d-]{10})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?$/
      .exec(text) ?? [];
  return day !== undefined && isRealDate(day);
}

function jsonOf(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BackendError(`Cannot ${what}: the answer must be JSON`, { cause });
  }
}

async function readBounded(response: Response, what: string): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let body = "";
  // Leaving the loop early cancels the body.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) {
      throw new BackendError(
        `Cannot ${what}: the answer must have at most ${MAX_ANSWER_BYTES} bytes`,
      );
    }
    body += decoder.decode(chunk, { stream: true });
  }
  return body + decoder.decode();
}
