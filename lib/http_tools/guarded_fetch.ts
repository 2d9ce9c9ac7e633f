import { lookup } from "node:dns/promises";
import type { AllowedHost } from "../agent/agent.ts";
import { isPublicAddress } from "./addresses.ts";

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
  init: RequestInit & { signal: AbortSignal },
  options: GuardOptions,
): Promise<Answer> {
  await checkTarget(url, options);
  init.signal.throwIfAborted();
  const response = await fetch(url, { ...init, redirect: "manual" });
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new RefusedRequest(
      `Cannot ask ${url.host}: it must answer itself: received a redirect (${response.status})`,
    );
  }
  return { status: response.status, text: await readBounded(response, url.host) };
}

/** The rule of the list that lets a host in, if any. */
export function allowedHost(url: URL, hosts: readonly AllowedHost[]): AllowedHost | undefined {
  // `URL` has made `2130706433` and `0x7f.1` into 127.0.0.1 by now, and left out the usual port.
  return hosts.find(({ host }) => host === url.host);
}

async function checkTarget(url: URL, { hosts, resolve = systemResolve }: GuardOptions) {
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
  const isAddress = /^\[|^\d+\.\d+\.\d+\.\d+$/.test(url.hostname);
  const addresses = isAddress ? [url.hostname] : await resolve(url.hostname);
  // One bad address is enough: `fetch` may take any of them.
  const bad = addresses.length === 0 || addresses.some((address) => !isPublicAddress(address));
  if (bad) {
    throw new RefusedRequest(
      `Cannot ask ${url.host}: it must have a public address, or allow_private: true in agent.yaml`,
    );
  }
}

async function systemResolve(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

async function readBounded(response: Response, host: string): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  // Leaving the loop early cancels the body.
  for await (const chunk of response.body ?? []) {
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
