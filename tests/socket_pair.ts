type Handler<E> = ((event: E) => void) | null;

/** One end of a socket that never leaves this process, as far as bridge and platform use one. */
class SocketEnd {
  binaryType = "arraybuffer";
  bufferedAmount = 0;
  readyState: number = WebSocket.CONNECTING;
  protocol = "";
  onopen: Handler<Event> = null;
  onmessage: Handler<MessageEvent> = null;
  onerror: Handler<Event> = null;
  onclose: Handler<CloseEvent> = null;
  other!: SocketEnd;

  send(data: string | ArrayBufferView<ArrayBuffer>): void {
    if (this.readyState !== WebSocket.OPEN) return;
    const sent = typeof data === "string"
      ? data
      : data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
    queueMicrotask(() => {
      if (this.other.readyState !== WebSocket.OPEN) return;
      this.other.onmessage?.(new MessageEvent("message", { data: sent }));
    });
  }

  close(code = 1000, reason = ""): void {
    if (this.readyState >= WebSocket.CLOSING) return;
    this.readyState = WebSocket.CLOSING;
    queueMicrotask(() => {
      this.other.ended(code, reason);
      this.ended(code, reason);
    });
  }

  opened(protocol: string): void {
    this.readyState = WebSocket.OPEN;
    this.protocol = protocol;
    queueMicrotask(() => this.onopen?.(new Event("open")));
  }

  ended(code: number, reason: string): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.onclose?.(new CloseEvent("close", { code, reason }));
  }
}

/** A socket within this process: what one end sends, the other gets. */
export class SocketPair {
  readonly #client = new SocketEnd();
  readonly #server = new SocketEnd();

  constructor() {
    this.#client.other = this.#server;
    this.#server.other = this.#client;
  }

  get client(): WebSocket {
    return this.#client as unknown as WebSocket;
  }

  /** Opens both ends; the result is the server's. */
  accept(protocol: string): WebSocket {
    this.#server.opened(protocol);
    this.#client.opened(protocol);
    return this.#server as unknown as WebSocket;
  }

  /** Breaks the connection as a crash or a lost route does. */
  drop(): void {
    this.#client.ended(1006, "");
    this.#server.ended(1006, "");
  }

  /** The server is gone without a word; only the client notices. */
  dropServer(): void {
    this.#client.ended(1006, "");
    this.#server.onmessage = this.#server.onclose = null;
    this.#server.readyState = WebSocket.CLOSED;
  }
}
