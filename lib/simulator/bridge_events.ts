import type { CallEvent } from "../contracts/call_event.ts";

/** The bridge would not show its events. */
export class BridgeEventsError extends Error {
  override name = "BridgeEventsError";
}

const MAX_EVENT_UNITS = 1 << 20;

/**
 * Reads the events of one call from a bridge, as they happen, until the call has ended.
 *
 * @throws {BridgeEventsError} when the bridge refuses or sends what is no event
 */
export async function* bridgeEvents(
  bridgeUrl: string,
  callId: string,
  token: string,
  signal: AbortSignal,
): AsyncGenerator<CallEvent> {
  const url = `${bridgeUrl}/calls/${encodeURIComponent(callId)}/events`;
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
    signal,
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new BridgeEventsError(
      `Cannot watch the call: the bridge must answer 200: received ${response.status}`,
    );
  }
  let buffered = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    buffered += text.replaceAll("\r\n", "\n");
    if (buffered.length > MAX_EVENT_UNITS) {
      throw new BridgeEventsError(
        `Cannot watch the call: an event must be under ${MAX_EVENT_UNITS} characters`,
      );
    }
    const blocks = buffered.split("\n\n");
    buffered = blocks.pop()!;
    for (const block of blocks) {
      const data = block.split("\n").filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).trimStart()).join("\n");
      if (data !== "") yield parse(data);
    }
  }
}

function parse(data: string): CallEvent {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new BridgeEventsError("Cannot watch the call: an event must be JSON", { cause });
  }
}
