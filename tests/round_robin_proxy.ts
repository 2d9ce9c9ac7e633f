/** A plain reverse proxy that sends each request, and each socket, to the next process. */
export function startProxy(targets: string[]) {
  const served: { path: string; target: string }[] = [];
  const sockets = new Set<WebSocket>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { pathname, search } = new URL(request.url);
    const target = targets[served.length % targets.length];
    served.push({ path: pathname, target });
    if (request.headers.get("upgrade") === "websocket") {
      return pipe(request, target.replace("http", "ws") + pathname + search, sockets);
    }
    const headers = new Headers(request.headers);
    headers.set("x-forwarded-host", headers.get("host")!);
    headers.delete("host");
    return fetch(target + pathname + search, {
      method: request.method,
      headers,
      body: request.body,
      redirect: "manual",
    });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    served,
    async close() {
      for (const socket of sockets) socket.close();
      await server.shutdown();
    },
  };
}

function pipe(request: Request, url: string, sockets: Set<WebSocket>): Response {
  const protocol = request.headers.get("sec-websocket-protocol") ?? "";
  const { socket: near, response } = Deno.upgradeWebSocket(request, { protocol });
  const far = new WebSocket(url, protocol);
  near.binaryType = far.binaryType = "arraybuffer";
  const early: (string | ArrayBuffer)[] = [];
  near.onmessage = ({ data }) => {
    if (far.readyState === WebSocket.OPEN) far.send(data);
    else early.push(data);
  };
  far.onopen = () => early.splice(0).forEach((data) => far.send(data));
  far.onmessage = ({ data }) => near.readyState === WebSocket.OPEN && near.send(data);
  for (const [one, other] of [[near, far], [far, near]]) {
    sockets.add(one);
    one.onerror = (event) => event instanceof ErrorEvent && event.preventDefault();
    one.onclose = ({ code, reason }) => {
      sockets.delete(one);
      if (other.readyState === WebSocket.OPEN) other.close(code === 1000 ? 1000 : 3000, reason);
    };
  }
  return response;
}
