import type { AppDeps } from "./app_deps.ts";
import type { CallRecord, DialTarget } from "../contracts/call_record.ts";
import { RELAY_RING_MS } from "../hand_over/relay.ts";
import { language } from "../languages/languages.ts";
import { makeAudioToken } from "../platform/audio_token.ts";
import type { VoiceAction } from "../platform/voice_actions.ts";
import type { VoiceAnswer } from "../platform/voice_decision.ts";

/** Writes an answer as verbs; `baseUrl` is where the platform reaches us. */
export function actionsFor(
  answer: VoiceAnswer,
  record: CallRecord,
  baseUrl: string,
  deps: AppDeps,
): VoiceAction[] {
  const { texts } = deps.fallback;
  switch (answer) {
    case "empty":
      return [];
    case "hang_up":
      return [{ verb: "hangup" }];
    case "stream":
      return stream(record, baseUrl, deps);
    case "relay":
      return relay(record, baseUrl);
    case "hand_over":
      return deps.handOverDocument?.(record, answer) ??
        [...whisper(record), ...dial(record, baseUrl, deps)];
    case "dial_over":
      if (record.handOver?.state === "connected") return [{ verb: "hangup" }];
      return deps.handOverDocument?.(record, answer) ?? sayAndHangUp(texts.unreached, deps);
    case "refuse":
      return personOr(
        deps.admission.enginesAreDown ? texts.broken : texts.busy,
        record,
        baseUrl,
        deps,
      );
    case "recover":
      return personOr(texts.broken, record, baseUrl, deps);
  }
}

/** What is answered when not even the store can be asked: a person, or the truth. */
export function lastResort(baseUrl: string, callId: string, deps: AppDeps): VoiceAction[] {
  const record = { callId } as CallRecord;
  return personOr(deps.fallback.texts.broken, record, baseUrl, deps);
}

function stream(record: CallRecord, baseUrl: string, deps: AppDeps): VoiceAction[] {
  const token = makeAudioToken(deps.tokenSecret, record.callId, deps.clock.wallMs());
  return [
    {
      verb: "stream",
      stream: {
        callId: record.callId,
        url: `${baseUrl.replace(/^http/, "ws")}/audio/${token}`,
        statusUrl: `${baseUrl}/stream-status?call=${encodeURIComponent(record.callId)}`,
        track: deps.settings.track,
      },
    },
    // Live calls never came this far; should the platform begin to go on, the caller is not lost.
    backToUs("stream", record, baseUrl),
  ];
}

/** Said to a person before they are put through; briefs are in English. */
function whisper({ handOver }: CallRecord): VoiceAction[] {
  const { whisper: text } = handOver ?? {};
  return text ? [{ verb: "say", text, language: language("en").locale }] : [];
}

function relay(record: CallRecord, baseUrl: string): VoiceAction[] {
  const { number, room } = record.relay!;
  const target = room === undefined ? { number } : { queue: room };
  const { dialledNumber: callerId } = record;
  return [
    { verb: "dial", target, callerId, timeoutMs: RELAY_RING_MS },
    backToUs("dial", record, baseUrl),
  ];
}

function dial(record: CallRecord, baseUrl: string, deps: AppDeps): VoiceAction[] {
  const target = record.handOver?.target;
  return target
    ? [dialVerb(target, record, baseUrl, deps), backToUs("dial", record, baseUrl)]
    : personOr(deps.fallback.texts.broken, record, baseUrl, deps);
}

function personOr(
  otherwise: string,
  record: CallRecord,
  baseUrl: string,
  deps: AppDeps,
): VoiceAction[] {
  const { fallback } = deps;
  const target = record.handOver?.target ?? fallback.person();
  if (!target) return sayAndHangUp(otherwise, deps);
  return [
    { verb: "say", text: fallback.texts.person, language: fallback.language },
    dialVerb(target, record, baseUrl, deps),
    backToUs("dial", record, baseUrl),
  ];
}

function sayAndHangUp(text: string, { fallback }: AppDeps): VoiceAction[] {
  return [{ verb: "say", text, language: fallback.language }, { verb: "hangup" }];
}

function dialVerb(
  target: DialTarget,
  record: CallRecord,
  baseUrl: string,
  { settings, fallback }: AppDeps,
): VoiceAction {
  return {
    verb: "dial",
    target,
    eventsUrl: `${baseUrl}/events?call=${encodeURIComponent(record.callId)}`,
    callerId: settings.callerId ?? record.dialledNumber,
    timeoutMs: fallback.ringMs,
  };
}

function backToUs(after: "stream" | "dial", record: CallRecord, baseUrl: string): VoiceAction {
  const call = encodeURIComponent(record.callId);
  return { verb: "redirect", url: `${baseUrl}/voice?after=${after}&call=${call}` };
}
