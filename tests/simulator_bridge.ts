/** Something that changes, and can be waited for without a timer. */
export class Changes {
  readonly #looks = new Set<() => void>();

  /** Must be called after every change. */
  happened(): void {
    for (const look of [...this.#looks]) look();
  }

  /** Resolves when `condition` holds; looked at after every change. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#looks.delete(look);
        resolve();
      };
      this.#looks.add(look);
      look();
    });
  }
}

/** A bridge as a test writes it: real HTTP and sockets on the loopback interface. */
export interface TestBridge {
  url: string;
  /** Form fields of every callback on `/voice`, in order. */
  callbacks: Record<string, string>[];
  /** Bodies posted to any other path. */
  posts: { path: string; headers: Headers; body: string }[];
  /** Requests to open a socket, newest last. */
  sockets: BridgeSocket[];
  /** Resolves when `condition` holds; looked at whenever something arrives. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export interface BridgeSocket {
  headers: Headers;
  socket: WebSocket;
  texts: string[];
  messages: Uint8Array[];
  closed: boolean;
}

/** Starts a bridge that answers callbacks with `answer`; `{ws}` stands for its socket's address. */
export function startTestBridge(
  answer: (fields: Record<string, string>, path: string) => string,
  options: { protocol?: string; refuse?: boolean; status?: number; events?: () => string } = {},
): TestBridge {
  const changes = new Changes();
  const changed = () => changes.happened();
  const bridge: TestBridge = {
    url: "",
    callbacks: [],
    posts: [],
    sockets: [],
    until: (condition) => changes.until(condition),
    close: () => server.shutdown(),
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers); // it can not be read once the request is over
    if (request.headers.get("upgrade")) {
      if (options.refuse) return new Response("no", { status: 400 });
      const protocol = options.protocol ?? "audio.drachtio.org";
      const { socket, response } = Deno.upgradeWebSocket(request, protocol ? { protocol } : {});
      const entry: BridgeSocket = {
        headers,
        socket,
        texts: [],
        messages: [],
        closed: false,
      };
      socket.onopen = () => {
        bridge.sockets.push(entry);
        changed();
      };
      socket.onmessage = ({ data }) => {
        if (typeof data === "string") entry.texts.push(data);
        else entry.messages.push(new Uint8Array(data));
        changed();
      };
      socket.onclose = () => {
        entry.closed = true;
        changed();
      };
      return response;
    }
    const body = await request.text();
    if (!pathname.startsWith("/voice")) {
      bridge.posts.push({ path: pathname, headers, body });
      changed();
      return new Response(pathname.startsWith("/calls/") ? options.events?.() : null);
    }
    const isJson = request.headers.get("content-type")?.includes("json");
    const fields: Record<string, string> = isJson
      ? JSON.parse(body)
      : Object.fromEntries(new URLSearchParams(body));
    bridge.callbacks.push(fields);
    bridge.posts.push({ path: pathname, headers, body });
    const document = answer(fields, pathname + search)
      .replaceAll("{ws}", bridge.url.replace("http", "ws"))
      .replaceAll("{http}", bridge.url);
    changed();
    return new Response(document, {
      status: options.status ?? 200,
      headers: { "content-type": document.startsWith("{") ? "application/json" : "text/xml" },
    });
  });
  bridge.url = `http://127.0.0.1:${server.addr.port}`;
  return bridge;
}
