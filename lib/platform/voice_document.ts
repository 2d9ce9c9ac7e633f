import {
  type Attributes,
  conferenceAttributes,
  ringSeconds,
  streamAttributes,
  type VoiceAction,
} from "./voice_actions.ts";

/** The form in which the platform is answered. */
export type VoiceFormat = "xml" | "json";

type DialAction = VoiceAction & { verb: "dial" };

/** Writes verbs as the document that a voice callback is answered with. */
export function voiceDocument(actions: VoiceAction[], format: VoiceFormat): Response {
  return format === "xml"
    ? new Response(toXml(actions), { headers: { "content-type": "application/xml" } })
    : Response.json(toJson(actions));
}

/** Writes verbs as XML, which the platform hands to its switch as it is. */
export function toXml(actions: VoiceAction[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${
    actions.map(xmlOf).join("")
  }</Response>`;
}

function xmlOf(action: VoiceAction): string {
  switch (action.verb) {
    case "stream":
      return element("Stream", streamAttributes(action.stream));
    case "say":
      return element("Say", { language: action.language }, escapeXml(action.text));
    case "dial":
      return dialXml(action);
    case "redirect":
      return element("Redirect", { method: "POST" }, escapeXml(action.url));
    case "hangup":
      return element("Hangup");
    case "reject":
      return element("Reject");
  }
}

function dialXml({ target, callerId, timeoutMs, eventsUrl }: DialAction): string {
  const attributes: Attributes = { callerId, timeout: ringSeconds(timeoutMs) };
  if (target.queue !== undefined) {
    return element("Conference", conferenceAttributes(target.queue, eventsUrl));
  }
  if (target.sip !== undefined) {
    return element("Dial", attributes, element("Sip", {}, escapeXml(target.sip)));
  }
  if (target.numbers !== undefined) {
    return element("Dial", { ...attributes, phoneNumbers: target.numbers.join(",") });
  }
  return element("Dial", attributes, element("Number", {}, escapeXml(target.number ?? "")));
}

function element(name: string, attributes: Attributes = {}, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`).join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Makes text safe inside an element or attribute; characters that XML can't hold are left out. */
export function escapeXml(text: string): string {
  return text.toWellFormed()
    // deno-lint-ignore no-control-regex -- control characters are what is looked for
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * Writes verbs as the platform's JSON, which it checks: nothing may stand behind a stream or a
 * conference, since neither gives the leg back.
 */
export function toJson(actions: VoiceAction[]): { actions: Record<string, unknown>[] } {
  const last = actions.findIndex((action) =>
    action.verb === "stream" || (action.verb === "dial" && action.target.queue !== undefined)
  );
  return { actions: (last < 0 ? actions : actions.slice(0, last + 1)).map(jsonOf) };
}

function jsonOf(action: VoiceAction): Record<string, unknown> {
  switch (action.verb) {
    case "stream":
      return { stream: streamAttributes(action.stream) };
    case "say":
      return { say: { text: action.text, language: action.language } };
    case "dial": {
      const { queue, ...target } = action.target;
      const { callerId, timeoutMs, eventsUrl } = action;
      if (queue !== undefined) return { conference: conferenceAttributes(queue, eventsUrl) };
      return { dial: { ...target, callerId, timeout: ringSeconds(timeoutMs) } };
    }
    case "redirect":
      return { redirect: { url: action.url, method: "POST" } };
    case "hangup":
      return { hangup: {} };
    case "reject":
      return { reject: {} };
  }
}
