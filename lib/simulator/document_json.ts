import { DocumentError, type Verb } from "./verbs.ts";
import {
  type Fields,
  number,
  readDial,
  readGetDigits,
  readStream,
  requireText,
  text,
} from "./verb_fields.ts";

/** Reads `{"actions": [{"say": {…}}, …]}`, one verb in each object. */
export function parseJsonDocument(source: string): Verb[] {
  return actionsOf(parse(source)).map(verbOf);
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new DocumentError("Cannot follow the document: it must be valid JSON", { cause: error });
  }
}

function actionsOf(document: unknown): unknown[] {
  const actions = isFields(document) ? document.actions : undefined;
  if (!Array.isArray(actions)) {
    throw new DocumentError('Cannot follow the document: it must be {"actions": […]}');
  }
  return actions;
}

function verbOf(action: unknown): Verb {
  const entries = isFields(action) ? Object.entries(action) : [];
  if (entries.length !== 1 || !isFields(entries[0][1])) {
    throw new DocumentError(
      `Cannot follow the document: each action must be one verb with its fields: received ${
        JSON.stringify(action)
      }`,
    );
  }
  const [name, fields] = entries[0] as [string, Fields];
  switch (name) {
    case "stream":
      return readStream(fields);
    case "say":
      return {
        verb: "say",
        text: requireText("say", "text", fields.text),
        language: text(fields.language),
        loop: number("say", "loop", fields.loop) ?? 1,
      };
    case "play":
      return {
        verb: "play",
        url: requireText("play", "url", fields.url),
        loop: number("play", "loop", fields.loop) ?? 1,
      };
    case "getDigits":
      return readGetDigits(fields, nested(fields).map(verbOf));
    case "dial":
      return readDial(fields, dialTargets(fields));
    case "conference":
      return { verb: "conference", room: requireText("conference", "name", fields.name) };
    case "redirect":
      return {
        verb: "redirect",
        url: requireText("redirect", "url", fields.url),
        method: text(fields.method) ?? "POST",
      };
    case "reject":
      return { verb: "reject", reason: text(fields.reason) ?? "rejected" };
    case "hangup":
      return { verb: "hangup" };
    case "record":
    case "aiAgent":
      return { verb: "unknown", name };
    default:
      // JSON is validated by the platform, which XML is not.
      throw new DocumentError(`Cannot follow the document: it has no verb ${name}`);
  }
}

function nested(fields: Fields): unknown[] {
  return Array.isArray(fields.nested) ? fields.nested : [];
}

function dialTargets(fields: Fields): string[] {
  const given = ["number", "numbers", "sip"].filter((name) => fields[name] !== undefined);
  if (given.length !== 1) {
    throw new DocumentError(
      `Cannot follow dial: exactly one of number, numbers and sip must be given: received ${
        given.join(" and ") || "none"
      }`,
    );
  }
  const value = fields[given[0]];
  const targets = Array.isArray(value) ? value : [value];
  return targets.map((target) => requireText("dial", given[0], target));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
