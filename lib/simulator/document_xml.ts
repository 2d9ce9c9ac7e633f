import { DocumentError, type Verb } from "./verbs.ts";
import { number, readDial, readGetDigits, readStream, requireText } from "./verb_fields.ts";
import { parseXml, type XmlElement, XmlError } from "./xml.ts";

/** Reads `<Response>…</Response>`; names keep their case, as on the platform. */
export function parseXmlDocument(source: string): Verb[] {
  const root = parse(source);
  if (root.name !== "Response") {
    throw new DocumentError(
      `Cannot follow the document: its root must be <Response>: received <${root.name}>`,
    );
  }
  return root.children.map(verbOf);
}

function parse(source: string): XmlElement {
  try {
    return parseXml(source);
  } catch (error) {
    if (error instanceof XmlError) throw new DocumentError(error.message, { cause: error });
    throw error;
  }
}

function verbOf(element: XmlElement): Verb {
  const { attributes } = element;
  const body = element.text.trim();
  switch (element.name) {
    case "Stream":
      return readStream(attributes);
    case "Say":
      return {
        verb: "say",
        text: requireText("Say", "text", body),
        language: attributes.language,
        loop: number("Say", "loop", attributes.loop) ?? 1,
      };
    case "Play":
      return {
        verb: "play",
        url: requireText("Play", "url", body),
        loop: number("Play", "loop", attributes.loop) ?? 1,
      };
    case "GetDigits":
      return readGetDigits(attributes, element.children.map(verbOf));
    case "Dial":
      return readDial(attributes, dialTargets(element));
    case "Conference":
      return {
        verb: "conference",
        room: requireText("Conference", "name", attributes.name ?? body),
      };
    case "Redirect":
      return {
        verb: "redirect",
        url: requireText("Redirect", "url", body),
        method: attributes.method ?? "POST",
      };
    case "Reject":
      return { verb: "reject", reason: attributes.reason ?? "rejected" };
    case "Hangup":
      return { verb: "hangup" };
    default:
      return { verb: "unknown", name: element.name };
  }
}

/** A target may be a child, the text itself, or the attribute that a fan-out is rendered to. */
function dialTargets(element: XmlElement): string[] {
  const children = element.children
    .filter((child) => child.name === "Number" || child.name === "Sip")
    .map((child) => child.text.trim());
  const listed = [element.attributes.phoneNumbers ?? "", element.text].join(",").split(",");
  return [...children, ...listed].map((target) => target.trim()).filter(Boolean);
}
