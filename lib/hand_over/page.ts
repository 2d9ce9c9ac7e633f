import { Hono } from "hono";
import { html } from "hono/html";
import type { Clock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";
import { Problem } from "../server/problem.ts";
import { type Brief, makeBrief } from "./brief.ts";
import { readPageToken } from "./page_token.ts";

export interface HandOverPageDeps {
  store: CallStore;
  clock: Clock;
  tokenSecret: string;
  mask(text: string): string;
}

const STYLE = "body{font:1rem/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}" +
  "dt{font-weight:600}dd{margin:0 0 .5rem}.agent{color:#555}";

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
};

/** Serves the page on which a person reads about the caller: `/hand-over/<token>`. */
export function handOverPage({ store, clock, tokenSecret, mask }: HandOverPageDeps): Hono {
  const app = new Hono();
  app.get("/hand-over/:token", async (c) => {
    const callId = readPageToken(tokenSecret, c.req.param("token"), clock.wallMs());
    const record = callId === undefined ? undefined : await store.get(callId);
    if (!record?.handOver) {
      return new Problem(404, "Cannot show the caller: this link is not ours, or too old")
        .toResponse();
    }
    const events = await Array.fromAsync(store.events(record.callId));
    return c.html(page(makeBrief({ record, events, mask })), 200, HEADERS);
  });
  return app;
}

function triedText({ tool, ok, result, error }: Brief["document"]["tried"][number]): string {
  const came = ok ? result : error;
  return `${tool}: ${ok ? "done" : "failed"}${came ? ` (${came})` : ""}`;
}

function page({ text, document }: Brief) {
  const { reference, caller, language, intents, tried, mood, transcript } = document;
  const facts: [string, string | number | undefined][] = [
    ["Reference", reference],
    ["Caller", caller],
    ["Identity", document.verified.how],
    ["Account", document.account],
    ["Language", language],
    ["About", intents.join(", ")],
    ["Tried", tried.map(triedText).join("; ")],
    ["Mood", mood],
    ["Cost", document.cost_minor && `KES ${(document.cost_minor / 100).toFixed(2)}`],
  ];
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Caller</title>
        <style>${STYLE}</style>
      </head>
      <body>
    <h1>${text}</h1>
    <dl>${facts.filter(([, value]) => value).map(([name, value]) =>
      html`
        <dt>${name}</dt>
        <dd>${value}</dd>
      `
    )}</dl>
    <h2>Last turns</h2>
    ${transcript.map(({ who, text }) => html`<p class="${who}"><b>${who}</b> ${text}</p>`)}
      </body>
    </html>
  `;
}
