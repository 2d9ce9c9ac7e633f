import type { DialTarget } from "../contracts/call_record.ts";
import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";

/** One verb of the platform's voice language. */
export type VoiceAction =
  | { verb: "stream"; stream: StreamOffer }
  | { verb: "say"; text: string; language: string }
  | {
    verb: "dial";
    target: DialTarget;
    callerId?: string;
    timeoutMs: number;
    /** Where a conference tells who comes and goes. */
    eventsUrl?: string;
  }
  | { verb: "redirect"; url: string }
  | { verb: "hangup" }
  | { verb: "reject" };

export interface StreamOffer {
  callId: string;
  /** Where the platform opens the audio socket, token included. */
  url: string;
  statusUrl: string;
  track: Track;
}

/** Whose sound is sent to us: the caller's, or also what the caller is made to hear. */
export type Track = "inbound_track" | "both_tracks";

/** A response to a voice callback, before it is written as XML or JSON. */
export type Attributes = Record<string, string | number | boolean | undefined>;

const CONFERENCE_EVENTS = "start end join leave";
const STREAM_EVENTS = "stream-started stream-stopped stream-error";

/**
 * Lists the attributes of a stream, with the platform's names.
 *
 * `connect` holds the leg while the socket is open: without it the platform hangs up after a
 * second. Without `bidirectionalSamplingRate` the caller hears nothing of what we send.
 */
export function streamAttributes({ callId, url, statusUrl, track }: StreamOffer): Attributes {
  // The media server cuts its command at spaces and eats escapes, so ids that need any stay out.
  const metadata = /^[\w.:-]+$/.test(callId) ? JSON.stringify({ callSid: callId }) : undefined;
  return {
    name: "pokea",
    url,
    track,
    connect: true,
    outputSamplingRate: SAMPLE_RATE_HZ,
    bidirectionalSamplingRate: SAMPLE_RATE_HZ,
    statusCallback: statusUrl,
    statusEvents: STREAM_EVENTS,
    headerMetadata: metadata,
    openMetadata: metadata,
  };
}

/** Lists the attributes of a conference, with the platform's names. */
export function conferenceAttributes(name: string, eventsUrl: string | undefined): Attributes {
  if (eventsUrl === undefined) return { name };
  return { name, statusEventsCallbackUrl: eventsUrl, statusEvents: CONFERENCE_EVENTS };
}

/** How long the platform lets a phone ring, as it counts. */
export function ringSeconds(timeoutMs: number): number {
  return Math.max(1, Math.round(timeoutMs / 1000));
}
