import type { StreamVerb } from "./verbs.ts";

/** What the first text frame looks like; the platform has shown, or may show, all of these. */
export type FirstText = "metadata" | "none" | "glued" | "broken" | "plain";

/** Writes the text frame that comes before any audio; undefined when there is none. */
export function firstText(
  variant: FirstText,
  call: { callId: string; callerNumber: string; dialledNumber: string },
  verb: Pick<StreamVerb, "headerMetadata" | "openMetadata">,
): string | undefined {
  const metadata = JSON.stringify({
    callSid: call.callId,
    streamSid: call.callId,
    from: call.callerNumber,
    to: call.dialledNumber,
    headers: headersOf(verb.headerMetadata),
    metadata: verb.openMetadata,
  });
  switch (variant) {
    case "metadata":
      return metadata;
    case "none":
      return undefined;
    case "glued":
      return `${metadata}{"event":"start","streamSid":${JSON.stringify(call.callId)}}`;
    case "broken": // FreeSWITCH's argument splitting eats escapes and apostrophes
      return metadata.replace(/[\\']/g, "").slice(0, -1) + "'";
    case "plain":
      return `stream of ${call.callId}`;
  }
}

function headersOf(headerMetadata: string | undefined): unknown {
  try {
    return JSON.parse(headerMetadata ?? "{}");
  } catch {
    return headerMetadata;
  }
}
