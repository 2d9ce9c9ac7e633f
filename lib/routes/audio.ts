import type { AppDeps } from "../server/app_deps.ts";
import { learnNames } from "../server/call_names.ts";
import { ChannelProbe } from "../audio/channel_probe.ts";
import { Framer } from "../audio/framer.ts";
import type { CallRecord } from "../contracts/call_record.ts";
import { SocketLine } from "../line.ts";
import {
  type AudioToken,
  DOCTOR_CALL_ID,
  readAudioToken,
  TOKEN_LIFE_MS,
} from "../platform/audio_token.ts";
import { Problem } from "../server/problem.ts";

/** What the platform's media server speaks, and the name of the product that it was made from. */
const PROTOCOLS = ["audio.drachtio.org", "audio.jambonz.org"];
/** A peer that leaves a ping unanswered this long is dead; the media server answers at once. */
const IDLE_TIMEOUT_S = 20;

/**
 * Takes the audio socket of a call. Everything is checked before the upgrade, so that a refusal has
 * a status and a reason.
 *
 * @throws {Problem} when the token is not good for this call now, or the protocol is another
 */
export async function openAudio(
  request: Request,
  token: string,
  deps: AppDeps,
): Promise<Response> {
  const claims = readAudioToken(deps.tokenSecret, token, deps.clock.wallMs());
  if (!claims) {
    throw new Problem(401, "Cannot open the audio socket: its token is not ours or too old");
  }
  const protocol = chooseProtocol(request);
  if (claims.callId === DOCTOR_CALL_ID) return showOpen(request, protocol, deps);
  const record = await spend(claims, deps);
  const { socket, response } = upgrade(request, protocol, deps);
  carry(socket, record, deps);
  return response;
}

/** Shows the doctor that the way to here is open; no call stands behind it. */
function showOpen(request: Request, protocol: string, deps: AppDeps): Response {
  const { socket, response } = upgrade(request, protocol, deps);
  socket.onopen = () => socket.close(1000, "the way is open");
  return response;
}

function chooseProtocol(request: Request): string {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new Problem(426, "Cannot send audio over plain HTTP: a WebSocket must be opened here", {
      upgrade: "websocket",
    });
  }
  const offered = (request.headers.get("sec-websocket-protocol") ?? "").split(",")
    .map((name) => name.trim());
  const protocol = PROTOCOLS.find((name) => offered.includes(name));
  if (protocol) return protocol;
  throw new Problem(
    400,
    `Cannot open the audio socket: Sec-WebSocket-Protocol must offer ${PROTOCOLS[0]}: received ` +
      (offered.join(", ").slice(0, 200) || "none"),
  );
}

function upgrade(request: Request, protocol: string, deps: AppDeps) {
  try {
    return (deps.upgrade ?? Deno.upgradeWebSocket)(request, {
      protocol,
      idleTimeout: IDLE_TIMEOUT_S,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Problem(400, `Cannot open the audio socket: the handshake is not valid: ${reason}`);
  }
}

/** Uses the token up and gives its call this one stream. */
async function spend(claims: AudioToken, { store, clock, ownerId }: AppDeps): Promise<CallRecord> {
  if (!await store.once(`audio/${claims.nonce}`, 2 * TOKEN_LIFE_MS)) {
    throw new Problem(401, "Cannot open the audio socket: its token was used before");
  }
  let was = "ended" as CallRecord["stage"];
  const record = await store.update(claims.callId, (record) => {
    was = record.stage;
    if (was !== "offered") return undefined;
    return { ...record, stage: "streaming", streamStartedMs: clock.wallMs(), owner: ownerId };
  });
  if (was === "offered") return record;
  throw new Problem(409, `Cannot open the audio socket: the call must wait for one: it is ${was}`);
}

function carry(socket: WebSocket, record: CallRecord, deps: AppDeps): void {
  const { clock, sockets, log, settings } = deps;
  const { callId, callerNumber, dialledNumber } = record;
  const line = new SocketLine(socket, {
    clock,
    framer: settings.track === "both_tracks" ? new ChannelProbe(clock) : new Framer(),
    onIds: (ids) => deps.background.run(() => learnNames(ids, record, deps.store)),
    onGone(reason) {
      sockets.remove(callId, line);
      deps.onLineGone?.(callId);
      log.info("line closed: {reason}", { callId, reason, droppedFrames: line.droppedFrames });
    },
    onFault: (error) => log.error("the call failed on its line: {error}", { callId, error }),
  });
  sockets.add(callId, line);
  deps.admission.opened(callId);
  socket.onopen = () => {
    log.info("line open", { callId });
    try {
      line.listen(deps.answer({ callId, callerNumber, dialledNumber }, line));
    } catch (error) {
      log.error("cannot start the agent: {error}", { callId, error });
      line.drop(1011, "the agent could not start");
    }
  };
}
