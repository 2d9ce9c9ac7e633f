import { byLanguage } from "../actions/by_language.ts";
import type { Tool, ToolContext, ToolResult } from "../contracts/tool.ts";
import { language as languageOf } from "../languages/languages.ts";
import type { Env } from "../settings/env.ts";
import { type Answer, guardedFetch, type GuardOptions, RefusedRequest } from "./guarded_fetch.ts";
import { isOwnPath } from "./own_path.ts";
import { parametersSchema } from "./parameters.ts";
import { masked, pick } from "./pick.ts";
import { fill, fillTree, withSecrets } from "./template.ts";
import type { ToolFile } from "./tool_file.ts";

export interface HttpToolOptions extends GuardOptions {
  /** Where secrets come from. */
  env: Env;
}

/** Makes a tool from what a team has written; it keeps the same contract as one in TypeScript. */
export function httpTool(file: ToolFile, options: HttpToolOptions): Tool {
  const { confirm } = file;
  return {
    name: file.name,
    description: file.description,
    parameters: parametersSchema(file.parameters),
    effect: file.effect,
    identity: file.identity,
    timeoutMs: file.timeout_ms,
    ...(file.proves && { proves: file.proves.level, waitsForTurn: true }),
    phrases: file.phrases,
    about: file.about,
    ...(confirm && {
      confirm: (args, language) => fill(inLanguage(confirm, language), args),
    }),
    run: (args, context) => run(file, args, context, options),
  };
}

async function run(
  file: ToolFile,
  args: Record<string, unknown>,
  context: ToolContext,
  options: HttpToolOptions,
): Promise<ToolResult> {
  const values = {
    ...args,
    caller_number: context.callerNumber,
    call_id: context.callId,
    language: context.language,
  };
  const url = urlOf(file.url, values);
  const request = requestOf(file, values, context, options);
  const { status, text } = isOwnPath(file.url)
    ? await askCompany(file, url, request, context)
    : await guardedFetch(url, {
      ...request,
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: context.signal,
    }, options);
  if (status === 404 && file.not_found) {
    return {
      data: { found: false },
      say: fill(inLanguage(file.not_found, context.language), values),
    };
  }
  if (status < 200 || status > 299) {
    throw new RefusedRequest(`Cannot use the answer of ${url.host}: received status ${status}`);
  }
  const answer = jsonOf(text, url.host);
  const refusal = file.proves && notProven(file.proves, answer, context);
  if (refusal) return refusal;
  const facts = pick(answer, file.pick);
  for (const name of file.mask) if (facts[name] !== undefined) facts[name] = masked(facts[name]);
  return {
    data: { ok: true, ...facts },
    say: fill(inLanguage(file.say, context.language), { ...values, ...facts }),
  };
}

/** What is told when the answer proves nothing; nothing else of it is given away then. */
function notProven(
  { level, when, wrong }: NonNullable<ToolFile["proves"]>,
  answer: unknown,
  context: ToolContext,
): ToolResult | undefined {
  const result = context.proveIdentity(level, pick(answer, { matched: when }).matched === true);
  if (result === "raised") return undefined;
  if (result === "wrong") {
    return { data: { verified: false, triesLeft: true }, say: inLanguage(wrong, context.language) };
  }
  return {
    data: { verified: false, triesLeft: false, offersPerson: true },
    say: languageOf(context.language).toolTexts.notProven,
    expect: "yes_no",
  };
}

/** Stands before paths of the company's own system, whose address only the backend knows. */
const OWN_ORIGIN = "https://company.invalid";

function askCompany(
  { identity }: ToolFile,
  { pathname, search }: URL,
  { method, headers, body }: Sent,
  { backend, callerNumber, signal }: ToolContext,
): Promise<Answer> {
  const { "idempotency-key": idempotencyKey, ...more } = Object.fromEntries(headers);
  return backend.request({
    method,
    path: pathname + search,
    headers: more,
    // Nobody's data is asked for by a tool that doesn't need to know who calls.
    ...(identity !== "none" && { callerNumber }),
    idempotencyKey,
    body,
  }, signal);
}

/** The address, in which no value can leave its place. */
export function urlOf(template: string, values: Readonly<Record<string, unknown>>): URL {
  const origin = isOwnPath(template) ? OWN_ORIGIN : "";
  const filled = origin + fill(template, values, encodeURIComponent);
  const url = new URL(filled);
  const path = filled.slice(filled.indexOf("/", "https://".length)).replace(/[?#].*$/s, "");
  // `URL` resolves dots by itself: an order number of `..` would ask for something else.
  if (path.split("/").some((part) => part === "." || part === "..")) {
    throw new RefusedRequest(`Cannot ask ${url.host}: no part of the path may be dots`);
  }
  return url;
}

interface Sent {
  method: string;
  headers: Headers;
  /** JSON. */
  body?: unknown;
}

function requestOf(
  { method, headers, body }: ToolFile,
  values: Readonly<Record<string, unknown>>,
  { idempotencyKey }: ToolContext,
  { env }: HttpToolOptions,
): Sent {
  const sent = new Headers({ accept: "application/json" });
  for (const [name, template] of Object.entries(headers)) {
    // A value has no way of becoming a secret: secrets are put in first, and only where the team has.
    sent.set(name, fill(withSecrets(template, env), values, headerSafe));
  }
  if (method === "GET") return { method, headers: sent };
  sent.set("idempotency-key", idempotencyKey);
  if (body === undefined) return { method, headers: sent };
  sent.set("content-type", "application/json");
  return { method, headers: sent, body: fillTree(body, values) };
}

function headerSafe(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, "");
}

function jsonOf(text: string, host: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedRequest(`Cannot use the answer of ${host}: it must be JSON`);
  }
}

function inLanguage(texts: Record<string, string>, language: string): string {
  return byLanguage({ en: Object.values(texts)[0], ...texts }, language);
}
