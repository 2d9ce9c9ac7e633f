import { createHmac } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import { makeBrief } from "./brief.ts";
import { makePageToken } from "./page_token.ts";

export interface TeamWebhookDeps {
  /** Where the team, or its text message gateway, listens. */
  url: string;
  /** Shared with the team, so that they can check who sends. */
  secret: string;
  store: CallStore;
  clock: Clock;
  /** Signs the link to the page. */
  tokenSecret: string;
  /** Where our pages are; without it no link is sent. */
  publicUrl?: string;
  mask(text: string): string;
  fetch?: typeof fetch;
}

/**
 * Makes the function that tells the team of a caller: a JSON document with the brief and a link,
 * signed like the platform's own webhooks, in `X-Pokea-Signature`. It rejects when the team's side
 * did not take it.
 */
export function createTeamWebhook(
  deps: TeamWebhookDeps,
): (record: CallRecord, signal: AbortSignal) => Promise<void> {
  const { url, secret, store, clock, tokenSecret, publicUrl, mask } = deps;
  const send = deps.fetch ?? fetch;
  return async (record, signal) => {
    const events = await Array.fromAsync(store.events(record.callId));
    const { text, document, whisper } = makeBrief({ record, events, mask });
    const token = makePageToken(tokenSecret, record.callId, clock.wallMs());
    const kind = record.handOver?.reference ? "hand_over.promised" : "hand_over.started";
    const body = JSON.stringify({
      kind,
      event_id: `${record.callId}/${kind}`,
      text,
      whisper,
      link: publicUrl && `${publicUrl}/hand-over/${token}`,
      ...document,
    });
    const response = await send(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-pokea-signature": signatureOf(body, secret, clock.wallMs()),
      },
      body,
      redirect: "error",
      signal,
    });
    await response.body?.cancel();
    if (response.ok) return;
    throw new Error(
      `Cannot tell the team: its webhook must answer 2xx: received ${response.status}`,
    );
  };
}

function signatureOf(body: string, secret: string, wallMs: number): string {
  const time = Math.floor(wallMs / 1000);
  return `t=${time},v1=${createHmac("sha256", secret).update(`${body}.${time}`).digest("hex")}`;
}
