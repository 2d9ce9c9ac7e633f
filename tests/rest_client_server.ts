/** What a request to the test's API was. */
export interface Asked {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

/** Answers requests in order; the last answer repeats. `hang` never answers. */
export type Answers = (Response | "hang" | ((asked: Asked) => Response))[];

/** Serves `answers` on a real socket while `test` runs. */
export async function withApi(
  answers: Answers,
  test: (baseUrl: string, asked: Asked[]) => Promise<void>,
): Promise<void> {
  const asked: Asked[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const url = new URL(request.url);
    const text = await request.text();
    const one = {
      method: request.method,
      path: url.pathname + url.search,
      headers: request.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    asked.push(one);
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer === "hang") {
      await new Promise<void>((resolve) => {
        if (request.signal.aborted) resolve();
        request.signal.addEventListener("abort", () => resolve());
      });
      return new Response();
    }
    return typeof answer === "function" ? answer(one) : answer.clone();
  });
  try {
    await test(`http://127.0.0.1:${server.addr.port}`, asked);
  } finally {
    await server.shutdown();
  }
}

/** A refusal as the platform writes it. */
export function refusal(status: number, code: string, headers: HeadersInit = {}): Response {
  const error = { code, message: `about ${code} of +254712345678`, request_id: "req_1" };
  return Response.json({ error }, { status, headers });
}
