/** A server on loopback that is told when a client hangs up. */
export interface WatchedServer {
  port: number;
  close(): Promise<void>;
}

/** The client's end of one connection. */
export interface Client {
  hungUp: Promise<void>;
  /** Cuts the line, as a crash or a lost route does. */
  cut(): void;
}

type Handler = (request: Request, client: Client) => Response | Promise<Response>;

/**
 * Serves through a relay of its own, because `Deno.serve` doesn't notice that a client has hung up
 * before it was answered when the request had a body of more than a few hundred bytes.
 */
export function serveWatched(handler: Handler): WatchedServer {
  const clients = new Map<number, Client>();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request, { remoteAddr }) => handler(request, clients.get(remoteAddr.port)!),
  );
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const relays = new Set<Promise<void>>();
  const accepting = (async () => {
    for await (const client of listener) {
      const inner = await Deno.connect({ port: server.addr.port, hostname: "127.0.0.1" });
      const { promise, resolve } = Promise.withResolvers<void>();
      clients.set((inner.localAddr as Deno.NetAddr).port, {
        hungUp: promise,
        cut() {
          try {
            client.close();
          } catch {
            // it has hung up itself
          }
        },
      });
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
