/** A company's API on loopback that answers with `answer` and remembers what it was asked. */
export async function withApi(
  answer: (request: Request) => Response | Promise<Response>,
  use: (host: string, asked: { request: Request; body: string }[]) => Promise<void>,
): Promise<void> {
  const asked: { request: Request; body: string }[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    asked.push({ request, body: await request.clone().text() });
    return await answer(request);
  });
  try {
    await use(`127.0.0.1:${server.addr.port}`, asked);
  } finally {
    await server.shutdown();
  }
}
