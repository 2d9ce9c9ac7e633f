/** What the SDK wants to be told of a socket. */
interface Callbacks {
  onopen: () => void;
  onmessage: (event: { data: string }) => void;
  onerror: (event: { message: string }) => void;
  onclose: (event: { code: number; reason: string }) => void;
}

/**
 * The socket under one Live connection. The SDK's own can't be closed while it connects, reads
 * blobs out of order, and lets a message that isn't JSON end the process.
 */
export class LiveSocket {
  readonly supportsHeaders = false;
  /** Resolves when the socket is closed, also when it never opened. */
  readonly closed: Promise<void>;
  readonly #resolveClosed: () => void;
  #socket?: WebSocket;
  #closing = false;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#resolveClosed = resolve;
  }

  /** Called by the SDK. */
  create(url: string, _headers: Record<string, string>, callbacks: Callbacks) {
    return {
      connect: () => this.#connect(url, callbacks),
      send: (text: string) => {
        if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
      },
      close: () => this.close(),
    };
  }

  close(): void {
    this.#closing = true;
    if (!this.#socket) this.#resolveClosed();
    else if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close();
  }

  #connect(url: string, callbacks: Callbacks): void {
    if (this.#closing) return callbacks.onclose({ code: 1000, reason: "given up" });
    const socket = this.#socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => callbacks.onopen();
    socket.onerror = (event) => {
      callbacks.onerror({ message: (event as ErrorEvent).message ?? "" });
    };
    socket.onclose = ({ code, reason }) => {
      this.#resolveClosed();
      callbacks.onclose({ code, reason });
    };
    socket.onmessage = ({ data }) => {
      const text = typeof data === "string" ? data : new TextDecoder().decode(data);
      try {
        JSON.parse(text);
      } catch {
        callbacks.onerror({ message: "a message was not JSON" });
        return this.close();
      }
      callbacks.onmessage({ data: text });
    };
  }
}
