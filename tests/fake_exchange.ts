import type { Client } from "./watched_server.ts";

/** One request that a fake server got, and what became of it. */
export interface Exchange {
  path: string;
  headers: Headers;
  /** Parsed JSON, or nothing. */
  // deno-lint-ignore no-explicit-any -- tests look into bodies of many forms
  body: any;
  form?: FormData;
  /** Resolves when the client closed the request before it was answered whole. */
  dropped: Promise<void>;
  cut(): void;
  /** True while the request is being answered. */
  open: boolean;
}

/** How a fake stream ends: as it should, with the line cut, or not at all. */
export type StreamEnd = "clean" | "cut" | "hang";

/** Counts what a fake server is asked and which of it is still open. */
export class Exchanges {
  readonly all: Exchange[] = [];

  async begin(request: Request, client: Client): Promise<Exchange> {
    const type = request.headers.get("content-type") ?? "";
    const exchange: Exchange = {
      path: new URL(request.url).pathname,
      headers: request.headers,
      body: undefined,
      cut: () => client.cut(),
      dropped: client.hungUp.then(() => {
        exchange.open = false;
      }),
      open: true,
    };
    if (request.method === "POST" && type.includes("json")) exchange.body = await request.json();
    else if (type.includes("form-data")) exchange.form = await request.formData();
    this.all.push(exchange);
    return exchange;
  }

  get last(): Exchange {
    return this.all[this.all.length - 1];
  }

  get openCount(): number {
    return this.all.filter((exchange) => exchange.open).length;
  }

  /** Answers with chunks of text or bytes as they come. */
  stream(
    exchange: Exchange,
    chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
    headers: Record<string, string>,
    end: StreamEnd = "clean",
  ): Response {
    const encoder = new TextEncoder();
    const finish = () => exchange.open = false;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        for await (const chunk of chunks) {
          if (cancelled) return;
          controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
        }
        if (cancelled || end === "hang") return;
        finish();
        if (end === "cut") {
          await new Promise((resolve) => setTimeout(resolve, 20)); // let what was sent arrive
          exchange.cut();
        } else controller.close();
      },
      cancel() {
        cancelled = true;
      },
    });
    return new Response(body, { headers });
  }

  /** Never answers; the request ends when the client gives it up. */
  async silence(exchange: Exchange): Promise<Response> {
    await exchange.dropped;
    return new Response();
  }

  json(exchange: Exchange, body: unknown, status = 200, headers = {}): Response {
    exchange.open = false;
    return Response.json(body, { status, headers });
  }
}
