import { z } from "zod";
import { type Clock, deadline } from "../clock.ts";
import {
  type Backend,
  type BackendAnswer,
  BackendError,
  type BackendRequest,
} from "../contracts/backend.ts";

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

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}/, "must be an ISO date");
const isoInstant = z.iso.datetime({ offset: true, local: true });
const text = z.string().max(500);

const account = z.object({
  accountNumber: text,
  name: text,
  plan: text,
  status: z.enum(["active", "suspended", "closed"]),
  balanceMinor: z.int(),
  currency: z.string().length(3),
  dueOn: isoDate.optional(),
  area: text.optional(),
});
const order = z.object({
  orderNumber: text,
  status: z.enum(["placed", "packed", "on_the_way", "delivered", "cancelled"]),
  item: text,
  expectedOn: isoDate.optional(),
});
const ticket = z.object({
  reference: text,
  subject: text,
  status: z.enum(["open", "in_progress", "closed"]),
  openedOn: isoDate,
});
const outage = z.object({
  area: text,
  cause: text,
  since: isoInstant,
  expectedBack: isoInstant.optional(),
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
    answer: z.ZodType<T>,
    init: Omit<BackendRequest, "method" | "path">,
    parent: AbortSignal,
  ): Promise<T | undefined> {
    const method = init.body === undefined ? "GET" : "POST";
    const { status, text } = await send(what, { ...init, method, path }, parent);
    if (status === 404) return undefined;
    if (status < 200 || status > 299) {
      throw new BackendError(`Cannot ${what}: the status must be 2xx or 404: received ${status}`);
    }
    const parsed = answer.safeParse(jsonOf(what, text));
    if (parsed.success) return parsed.data;
    const [{ path: at, message }] = parsed.error.issues;
    throw new BackendError(`Cannot ${what}: the answer's ${at.join(".") || "body"} ${message}`);
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
      const list = z.array(ticket).max(100);
      return await ask("get the tickets", "/tickets", list, { callerNumber }, signal) ?? [];
    },
    async outages({ area }, signal) {
      const path = `/outages?${new URLSearchParams({ area })}`;
      return await ask("get the outages", path, z.array(outage).max(100), {}, signal) ?? [];
    },
    async areas(signal) {
      return await ask("get the areas", "/areas", z.array(text).max(2_000), {}, signal) ?? [];
    },
    async resetPassword({ callerNumber, idempotencyKey }, signal) {
      const what = "reset the password";
      const init = { callerNumber, idempotencyKey, body: {} };
      const answer = z.object({ sentTo: text });
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
