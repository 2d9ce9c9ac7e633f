import { request } from "node:https";
import { isIP, type LookupFunction } from "node:net";

export interface PinnedRequest {
  method?: string;
  headers: Headers;
  body?: string;
  signal: AbortSignal;
  /** Certificates of authorities to trust, in PEM. @default the system's */
  ca?: string;
}

/** What came back, its body not yet read. */
export interface PinnedAnswer {
  status: number;
  body: AsyncIterable<Uint8Array>;
}

/**
 * Asks an https host at one of `addresses`, which were checked, and looks its name up no more: a name
 * that points elsewhere a moment later (DNS rebinding) is not followed. The certificate must be the
 * name's own. `fetch` has no such option.
 */
export function requestAt(
  addresses: readonly string[],
  url: URL,
  { method = "GET", headers, body, signal, ca }: PinnedRequest,
): Promise<PinnedAnswer> {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_, { all }, tell) =>
    all ? tell(null, found) : tell(null, found[0].address, found[0].family);
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method,
      headers: Object.fromEntries(headers),
      lookup,
      ca,
      signal,
      agent: false, // a connection of its own, closed with the answer
    }, (answer) => resolve({ status: answer.statusCode!, body: answer }));
    asked.on("error", (error) => reject(signal.aborted ? signal.reason : error));
    asked.end(body);
  });
}
