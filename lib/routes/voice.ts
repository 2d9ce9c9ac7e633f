import type { Refusal } from "../server/admission.ts";
import type { AppDeps } from "../server/app_deps.ts";
import { learnNames } from "../server/call_names.ts";
import type { CallRecord, DialTarget } from "../contracts/call_record.ts";
import { actionsFor, lastResort } from "../server/voice_answers.ts";
import { readVoiceCallback, type VoiceCallback } from "../platform/voice_callback.ts";
import {
  decide,
  type VoiceAnswer,
  type VoiceDecision,
  type Way,
} from "../platform/voice_decision.ts";
import { voiceDocument } from "../platform/voice_document.ts";
import { baseUrl } from "./base_url.ts";
import { callbackEvent } from "../platform/platform_event.ts";
import { applyEvent } from "./platform_events.ts";
import { readSignedBody } from "./request_body.ts";

/** Answers the platform's question of what to do with a call. */
export async function answerVoice(request: Request, deps: AppDeps): Promise<Response> {
  const { settings, log } = deps;
  const body = await readSignedBody(request, deps);
  const query = new URL(request.url).searchParams;
  const contentType = request.headers.get("content-type") ?? undefined;
  const callback = readVoiceCallback(body, contentType, query, settings);
  const base = baseUrl(request, settings);
  try {
    const decision = await keepDecision(callback, deps);
    const { answer } = decision;
    log.info("callback {state} answered with {answer}", {
      callId: decision.record.callId,
      state: callback.state ?? callback.after ?? "without state",
      answer,
    });
    if (callback.digits) deps.sockets.press(decision.record.callId, callback.digits);
    const record = await takeEdge(callback, decision, deps);
    const spoken = answer === "relay" ? await relayOrStream(record, deps) : answer;
    if (spoken === "stream") deps.onOffered?.(record.callId);
    return voiceDocument(actionsFor(spoken, record, base, deps), settings.voiceFormat);
  } catch (error) {
    // An error status would make the platform play its own "not available" to the caller.
    log.error("cannot answer the callback of {callId}: {error}", {
      callId: callback.callId,
      error,
    });
    return voiceDocument(lastResort(base, callback.callId, deps), settings.voiceFormat);
  }
}

/** Decides and keeps the decision in one step, so that of two processes only one can be first. */
async function keepDecision(callback: VoiceCallback, deps: AppDeps): Promise<VoiceDecision> {
  const { store, clock, ownerId } = deps;
  const callId = await knownId(callback, deps);
  const { caller, ...way } = await wayOf(callId, callback, deps);
  const callerNumber = caller ? caller.callerNumber : callback.callerNumber;
  let refusal: Refusal | "admitted" | undefined;
  // Asked at most once, and only of calls that are new: it counts them.
  const isRefused = () => {
    refusal ??= deps.admission.refusal(callId, callerNumber) ?? "admitted";
    return refusal !== "admitted";
  };
  let answer: VoiceAnswer = "empty";
  const record = await store.update(callId, (before) => {
    const decision = decide(legOf(before, caller), callback, clock.wallMs(), isRefused, way);
    answer = decision.answer;
    const person = personFor(answer, decision.record, deps);
    if (person) {
      return ringing(decision.record, person, refusal ?? "the call broke off", clock.wallMs());
    }
    // Until its socket or its agent comes, perhaps to another process, the call is ours to see to.
    const { partOf, relay } = decision.record;
    const isInRoom = answer === "relay" && relay?.room !== undefined && partOf === undefined;
    const isOurs = answer === "stream" || isInRoom;
    return isOurs ? { ...decision.record, owner: ownerId } : decision.record;
  });
  await learnNames(callback.ids, record, store);
  return { answer, record };
}

/** Finds out what has to do with another leg: nothing, unless the agent has numbers of its own. */
async function wayOf(
  callId: string,
  callback: VoiceCallback,
  { relay, store }: AppDeps,
): Promise<Way & { caller?: CallRecord }> {
  if (!relay) return {};
  const record = await store.get(callId);
  if (record?.stage === "relayed") {
    const leg = record.partOf === undefined ? undefined : await store.get(record.partOf);
    return { hasBroken: /process_died|line_broke|socket_missing/.test(leg?.endReason ?? "") };
  }
  if (record && record.stage !== "ringing") return {};
  const waiting = await relay.callerOf(callback);
  if (!waiting) return { relay: await relay.reserve(callback) };
  const caller = await store.update(waiting.callId, (caller) => {
    if (caller.partOf !== undefined) return undefined;
    return { ...caller, partOf: callId, owner: undefined };
  });
  return caller.partOf === callId ? { caller } : {};
}

/** The agent's leg of a caller who was led to it: what is known of them holds for it as well. */
function legOf(record: CallRecord, caller: CallRecord | undefined): CallRecord {
  if (!caller) return record;
  const { callId: callerLeg, callerNumber, dialledNumber, relay } = caller;
  return { ...record, callerNumber, dialledNumber, callerLeg, conference: relay?.room };
}

/** A caller waits in a room only for an agent who was called there. */
async function relayOrStream(record: CallRecord, deps: AppDeps): Promise<VoiceAnswer> {
  if (record.relay?.room === undefined) return "relay";
  if (await deps.relay?.callAgent(record)) {
    deps.onRelayed?.(record.callId);
    return "relay";
  }
  await deps.store.update(record.callId, (record) => {
    return { ...record, stage: "offered", relay: undefined };
  });
  return "stream";
}

/** A call may come back under another of its names. */
async function knownId(callback: VoiceCallback, { store }: AppDeps): Promise<string> {
  if (callback.ids.length === 1) return callback.callId;
  const records = await Promise.all(callback.ids.map((id) => store.get(id)));
  return records.find((record) => record !== undefined)?.callId ?? callback.callId;
}

/** Who is rung because the agent can't take the call. */
function personFor(
  answer: VoiceAnswer,
  record: CallRecord,
  deps: AppDeps,
): DialTarget | undefined {
  if (answer !== "refuse" && answer !== "recover") return undefined;
  return record.handOver?.target ?? deps.fallback.person();
}

function ringing(
  record: CallRecord,
  target: DialTarget,
  reason: string,
  nowMs: number,
): CallRecord {
  return {
    ...record,
    stage: "handing_over",
    handOver: {
      brief: "",
      reason,
      ...record.handOver,
      state: "attempting",
      target,
      dialledMs: nowMs,
    },
  };
}

/**
 * Edges that come as callbacks are events like any other, for those who wait for a proof. What the
 * caller hears after a `<Dial>` depends on what this one says, so it is taken in first.
 */
async function takeEdge(
  callback: VoiceCallback,
  { answer, record }: VoiceDecision,
  deps: AppDeps,
): Promise<CallRecord> {
  const event = callbackEvent(callback, answer === "empty" && record.stage === "ended");
  // A `<Dial>` that led to the agent tells nothing of a person.
  if (!event || (event.kind === "dial" && answer !== "dial_over")) return record;
  if (event.kind === "dial") {
    await applyEvent(event, deps)
      .catch((error) => deps.log.error("cannot take in the end of a dial: {error}", { error }));
    return await deps.store.get(record.callId) ?? record;
  }
  deps.background.run(() => applyEvent(event, deps));
  return record;
}
