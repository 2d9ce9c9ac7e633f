import { isIP } from "node:net";
import type { AllowedHost } from "../agent/agent.ts";
import { isPublicAddress } from "./addresses.ts";
import type { PinnedAnswer, PinnedRequest } from "./pinned_request.ts";

/** Answers above this are refused: facts for a phone call are small. */
export const MAX_ANSWER_BYTES = 256 * 1024;

/** A request that was refused before or after it was made; names the host, never path or headers. */
export class RefusedRequest extends Error {
  override name = "RefusedRequest";
}

export interface GuardOptions {
  hosts: readonly AllowedHost[];
  /** The addresses of a name. @default the system's resolver */
  resolve?(host: string): Promise<string[]>;
  /** Certificates of authorities to trust, in PEM. @default the system's */
  ca?: string;
}

export interface GuardedRequest {
  method?: string;
  headers?: Headers;
  body?: string;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  text: string;
}

/**
 * Asks a host that the team has named, and no other: no redirect is followed, no private address is
 * reached unless the host was marked as our own, and no answer is read beyond its bound.
 *
 * @throws {RefusedRequest} when a rule forbids it
 */
export async function guardedFetch(
  url: URL,
  { headers = new Headers(), ...init }: GuardedRequest,
  options: GuardOptions,
): Promise<Answer> {
  const addresses = await checkTarget(url, options);
  init.signal.throwIfAborted();
  const { status, body } = addresses
    ? await fetchPublic(addresses, url, { ...init, headers, ca: options.ca })
    : await fetchOwn(url, { ...init, headers });
  if (status >= 300 && status < 400) {
    for await (const _ of body) break; // which closes it
    throw new RefusedRequest(
      `Cannot ask ${url.host}: it must answer itself: received a redirect (${status})`,
    );
  }
  return { status, text: await readBounded(body, url.host) };
}

/** Asks a host of others; Node's https, which that takes, is loaded by the first request. */
async function fetchPublic(addresses: string[], url: URL, init: PinnedRequest) {
  const { requestAt } = await import("./pinned_request.ts");
  return await requestAt(addresses, url, init);
}

/** Asks a host that was marked as our own. */
async function fetchOwn(url: URL, init: RequestInit): Promise<PinnedAnswer> {
  const { status, body } = await fetch(url, { ...init, redirect: "manual" });
  return { status, body: body ?? nothing() };
}

async function* nothing() {}

/** The rule of the list that lets a host in, if any. */
export function allowedHost(url: URL, hosts: readonly AllowedHost[]): AllowedHost | undefined {
  // `URL` has made `2130706433` and `0x7f.1` into 127.0.0.1 by now, and left out the usual port.
  return hosts.find(({ host }) => host === url.host);
}

/** The addresses that may be asked, all of them public; undefined for a host marked as our own. */
async function checkTarget(
  url: URL,
  { hosts, resolve = systemResolve }: GuardOptions,
): Promise<string[] | undefined> {
  const allowed = allowedHost(url, hosts);
  if (!allowed) {
    throw new RefusedRequest(
      `Cannot ask ${url.host}: tools.hosts in agent.yaml must list it`,
    );
  }
  if (allowed.allowPrivate) return;
  if (url.protocol !== "https:") {
    throw new RefusedRequest(`Cannot ask ${url.host}: it must be asked over https`);
  }
  const bare = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(bare) ? [bare] : await resolve(url.hostname);
  // One bad address is enough to tell that somebody points the name where it should not.
  const bad = addresses.length === 0 || addresses.some((address) => !isPublicAddress(address));
  if (bad) {
    throw new RefusedRequest(
      `Cannot ask ${url.host}: it must have a public address, or allow_private: true in agent.yaml`,
    );
  }
  return addresses;
}

async function systemResolve(host: string): Promise<string[]> {
  const { lookup } = await import("node:dns/promises");
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

async function readBounded(body: AsyncIterable<Uint8Array>, host: string): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  // Leaving the loop early cancels the body.
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) {
      throw new RefusedRequest(
        `Cannot read the answer of ${host}: it must have at most ${MAX_ANSWER_BYTES} bytes`,
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
