/** A server on loopback that is told when a client hangs up. */
export interface WatchedServer {
  port: number;
  close(): Promise<void>;
}

type Handler = (request: Request, hungUp: Promise<void>) => Response | Promise<Response>;

/**
 * Serves through a relay of its own, because `Deno.serve` doesn't notice that a client has hung up
 * before it was answered when the request had a body of more than a few hundred bytes.
 */
export function serveWatched(handler: Handler): WatchedServer {
  const hungUp = new Map<number, Promise<void>>();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request, { remoteAddr }) => handler(request, hungUp.get(remoteAddr.port)!),
  );
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const relays = new Set<Promise<void>>();
  const accepting = (async () => {
    for await (const client of listener) {
      const inner = await Deno.connect({ port: server.addr.port, hostname: "127.0.0.1" });
      const { promise, resolve } = Promise.withResolvers<void>();
      hungUp.set((inner.localAddr as Deno.NetAddr).port, promise);
      const relay = Promise.all([
        client.readable.pipeTo(inner.writable).catch(() => {}).then(resolve),
        inner.readable.pipeTo(client.writable).catch(() => {}),
      ]).then(() => {
        relays.delete(relay);
      });
      relays.add(relay);
    }
  })();
  return {
    port: (listener.addr as Deno.NetAddr).port,
    async close() {
      listener.close();
      await server.shutdown();
      await Promise.all([accepting, ...relays]);
    },
  };
}
