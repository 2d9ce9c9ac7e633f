import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { type Clock, deadline } from "../clock.ts";

export interface PostOptions {
  clock: Clock;
  /** Signs every request; absent for none. */
  secret?: string;
  /** `t=…,v1=…` over body, dot and time, or a bare hex digest of the body. @default "timed" */
  signature?: "timed" | "bare";
  /** @default "form" */
  body?: "form" | "json";
  /** How requests reach the bridge. @default over the network */
  fetch?: typeof fetch;
}

export interface Answer {
  status: number;
  contentType: string;
  body: string;
}

/** Sends fields to a URL of the bridge as the platform does. */
export type Post = (
  url: string,
  fields: Record<string, string>,
  options?: { headers?: Record<string, string>; json?: unknown },
) => Promise<Answer>;

/** The platform waits this long for an answer to an event; assumed for voice callbacks too. */
const TIMEOUT_MS = 10_000;

/** Longest document taken; 50 verbs are far shorter. */
const MAX_ANSWER_UNITS = 1 << 20;

/** Makes the platform's way of posting: form-encoded or JSON, signed when there is a secret. */
export function signedPost(options: PostOptions): Post {
  return async (url, fields, { headers = {}, json } = {}) => {
    const isJson = json !== undefined || options.body === "json";
    const body = isJson ? JSON.stringify(json ?? fields) : new URLSearchParams(fields).toString();
    const limit = deadline(options.clock, TIMEOUT_MS);
    try {
      const response = await (options.fetch ?? fetch)(url, {
        method: "POST",
        headers: {
          "content-type": isJson ? "application/json" : "application/x-www-form-urlencoded",
          ...signatureOf(body, options),
          ...headers,
        },
        body,
        redirect: "manual",
        signal: limit.signal,
      });
      return {
        status: response.status,
        contentType: response.headers.get("content-type") ?? "",
        body: (await response.text()).slice(0, MAX_ANSWER_UNITS),
      };
    } catch (cause) {
      const { origin } = new URL(url);
      throw new Error(
        limit.signal.aborted
          ? `${origin} did not answer within ${TIMEOUT_MS / 1000} s`
          : `${origin} can't be reached`,
        { cause },
      );
    } finally {
      limit.clear();
    }
  };
}

function signatureOf(body: string, options: PostOptions): Record<string, string> {
  if (!options.secret) return {};
  const hmac = createHmac("sha256", options.secret).update(Buffer.from(body));
  if (options.signature === "bare") return { "X-Sautikit-Signature": hmac.digest("hex") };
  const seconds = Math.floor(options.clock.wallMs() / 1000);
  const digest = hmac.update(`.${seconds}`).digest("hex");
  return { "X-Sautikit-Signature": `t=${seconds},v1=${digest}` };
}
