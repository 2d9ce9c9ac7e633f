import type { AppDeps } from "../server/app_deps.ts";
import type { CallRecord } from "../contracts/call_record.ts";
import { type PlatformEvent, readPlatformEvent } from "../platform/platform_event.ts";
import { endedRecord } from "../platform/voice_decision.ts";
import { Problem } from "../server/problem.ts";
import { readSignedBody } from "./request_body.ts";

/** The platform repeats an event for up to seven days. */
const KEEP_KEYS_MS = 8 * 24 * 60 * 60 * 1000;

/** Takes an event or a stream status: acknowledged at once, worked on afterwards, once. */
export async function acceptEvent(request: Request, deps: AppDeps): Promise<Response> {
  const body = await readSignedBody(request, deps);
  const event = readPlatformEvent(body, request.headers, new URL(request.url).searchParams);
  if (!deps.background.run(() => takeEvent(event, deps))) {
    throw new Problem(503, "Cannot take the event: too many wait to be worked on; send it again", {
      "retry-after": "30",
    });
  }
  return new Response(null, { status: 204 });
}

async function takeEvent(event: PlatformEvent, deps: AppDeps): Promise<void> {
  if (await isNew(event, deps)) await applyEvent(event, deps);
}

/** When the store can't tell, the event counts as new: those who get it can take it twice. */
async function isNew(event: PlatformEvent, { store, log }: AppDeps): Promise<boolean> {
  try {
    return await store.once(`event/${event.key}`, KEEP_KEYS_MS);
  } catch (error) {
    log.warn("cannot tell whether event {kind} is new: {error}", { kind: event.kind, error });
    return true;
  }
}

/** Brings the call's record up to date and passes the event on. */
export async function applyEvent(event: PlatformEvent, deps: AppDeps): Promise<void> {
  const { store, clock, sockets, log } = deps;
  const callId = (await findRecord(event, deps))?.callId;
  log.info("platform event {kind}", { callId, kind: event.kind, name: event.name });
  if (callId && (event.kind === "call_completed" || event.kind === "call_failed")) {
    const reason = event.kind === "call_failed" ? event.status ?? "failed" : "hung up";
    await store.update(
      callId,
      (record) =>
        record.stage === "ended" ? undefined : endedRecord(record, clock.wallMs(), reason),
    );
    sockets.announceEnd(callId);
  }
  await deps.onPlatformEvent?.({ ...event, callId });
}

async function findRecord(
  event: PlatformEvent,
  { store }: AppDeps,
): Promise<CallRecord | undefined> {
  for (const id of event.ids) {
    const record = await store.get(id);
    if (record) return record;
  }
}
