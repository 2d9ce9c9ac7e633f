import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Clock } from "../clock.ts";
import { apiCalls, type ApiCallsOptions } from "./api_calls.ts";
import { apiError } from "./api_error.ts";
import { apiNumbers, type ApiNumbersOptions } from "./api_numbers.ts";

/** What goes wrong with one request: an error, an answer that comes late, or one that never comes. */
export type ApiFault =
  | { status: ContentfulStatusCode; code: string; retryAfterS?: number }
  | { delayMs: number }
  | "silent";

export interface ApiRequest {
  method: string;
  path: string;
  idempotencyKey?: string;
}

export interface PlatformApiOptions extends ApiCallsOptions {
  numbers: ApiNumbersOptions;
  clock: Clock;
  /** Key that requests must carry; absent when any may come. */
  apiKey?: string;
  /** @default any free one */
  port?: number;
  /** Asked for each request, in order; undefined lets it through. */
  fault?: (request: ApiRequest) => ApiFault | undefined;
}

/** The platform's REST API. */
export interface PlatformApi {
  /** Where it is served, or seems to be when only `fetch` reaches it. */
  url: string;
  fetch(request: Request): Response | Promise<Response>;
  /** Every request that came, whatever became of it. */
  requests: ApiRequest[];
  close(): Promise<void>;
}

/** Serves the REST API on a port of its own on the loopback interface. */
export function servePlatformApi(options: PlatformApiOptions): PlatformApi {
  const api = createPlatformApi(options);
  const server = Deno.serve(
    { port: options.port ?? 0, hostname: "127.0.0.1", onListen() {} },
    api.fetch,
  );
  return {
    ...api,
    url: `http://127.0.0.1:${server.addr.port}`,
    async close() {
      await api.close();
      await server.shutdown();
    },
  };
}

/** Makes the REST API for those who ask it in this process. */
export function createPlatformApi(options: PlatformApiOptions): PlatformApi {
  const requests: ApiRequest[] = [];
  const closing = new AbortController();
  const app = new Hono();
  app.use(async (c, next) => {
    const request: ApiRequest = {
      method: c.req.method,
      path: c.req.path,
      idempotencyKey: c.req.header("idempotency-key"),
    };
    requests.push(request);
    if (options.apiKey && c.req.header("authorization") !== `Bearer ${options.apiKey}`) {
      return apiError(c, 401, "api_key.invalid", "The key is not known");
    }
    const fault = options.fault?.(request);
    if (fault === "silent") {
      await new Promise((resolve) => closing.signal.addEventListener("abort", resolve));
      return apiError(c, 503, "unavailable", "The platform shut down");
    }
    if (fault && "status" in fault) {
      if (fault.retryAfterS !== undefined) c.header("Retry-After", String(fault.retryAfterS));
      return apiError(c, fault.status, fault.code, "The simulated platform was told to fail");
    }
    if (fault) {
      const { clock } = options;
      await clock.until(clock.now() + fault.delayMs, closing.signal).catch(() => {});
    }
    await next();
  });
  app.route("/", apiCalls(options));
  app.route("/", apiNumbers(options.numbers));
  app.notFound((c) => apiError(c, 404, "not_found", "There is no such route"));
  return {
    url: "http://localhost",
    fetch: (request) => app.fetch(request),
    requests,
    close() {
      closing.abort();
      return Promise.resolve();
    },
  };
}
