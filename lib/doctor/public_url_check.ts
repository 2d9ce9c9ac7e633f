import type { Clock } from "../clock.ts";
import { DOCTOR_CALL_ID, makeAudioToken } from "../platform/audio_token.ts";
import { type Finding, green, red, wordsOf } from "./finding.ts";

const PROTOCOL = "audio.drachtio.org";

/** Asks the bridge behind the public address whether it is ours, alive, and lets sockets through. */
export async function checkPublicUrl(
  publicUrl: string,
  tokenSecret: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Finding> {
  const problem = await aliveProblem(publicUrl, signal) ??
    await socketProblem(publicUrl, makeAudioToken(tokenSecret, DOCTOR_CALL_ID, clock.wallMs()), {
      signal,
    });
  return problem ?? green(`${publicUrl} is ours, and its socket echoes ${PROTOCOL}`);
}

async function aliveProblem(url: string, signal: AbortSignal): Promise<Finding | undefined> {
  let response: Response;
  try {
    response = await fetch(`${url}/healthz`, { signal, redirect: "manual" });
  } catch (error) {
    signal.throwIfAborted();
    return red(
      `${url} can't be reached: ${wordsOf(error)}`,
      "start the bridge, and let the proxy or tunnel lead to it",
    );
  }
  const text = await response.text();
  if (response.ok && /^\{"alive":true\}\s*$/.test(text)) return undefined;
  return red(
    `something else answers at ${url} (${response.status})`,
    "correct PUBLIC_URL, or what the proxy leads to; pages that ask first stop the platform",
  );
}

async function socketProblem(
  url: string,
  token: string,
  { signal }: { signal: AbortSignal },
): Promise<Finding | undefined> {
  const path = `${url}/audio/${token}`;
  const response = await fetch(path, { signal, redirect: "manual" });
  await response.body?.cancel();
  if (response.status === 401) {
    return red(
      `the bridge at ${url} refuses our token: it signs with another secret`,
      "give it and the doctor the same TOKEN_SECRET or DATA_DIR",
    );
  }
  if (response.status !== 426) {
    return red(
      `something else answers at ${url}/audio (${response.status})`,
      "let the proxy pass /audio on to the bridge",
    );
  }
  try {
    const chosen = await openedWith(path.replace(/^http/, "ws"), signal);
    if (chosen === PROTOCOL) return undefined;
    return red(
      `the socket at ${url} does not echo ${PROTOCOL}: received ${chosen || "nothing"}`,
      "let the proxy pass Sec-WebSocket-Protocol on",
    );
  } catch (error) {
    signal.throwIfAborted();
    return red(
      `no WebSocket opens at ${url}: ${wordsOf(error)}`,
      "let the proxy pass Upgrade and Connection on",
    );
  }
}

/** Opens a socket as the platform does and resolves with the protocol that was chosen. */
async function openedWith(url: string, signal: AbortSignal): Promise<string> {
  const socket = new WebSocket(url, [PROTOCOL]);
  const closed = new Promise<void>((resolve) => socket.onclose = () => resolve());
  const drop = () => socket.close();
  signal.addEventListener("abort", drop, { once: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.onopen = () => resolve(socket.protocol);
      socket.onerror = (event) =>
        reject(new Error((event as ErrorEvent).message || "the handshake failed"));
    });
  } finally {
    signal.removeEventListener("abort", drop);
    socket.close();
    await closed;
  }
}
