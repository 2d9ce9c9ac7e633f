import { parseJsonDocument } from "./document_json.ts";
import { parseXmlDocument } from "./document_xml.ts";
import { DocumentError, type Verb } from "./verbs.ts";

/** Most verbs in one document. */
export const MAX_VERBS = 50;

/**
 * Reads what a voice callback answered: XML, or JSON `{"actions": […]}`; an empty body has no verbs.
 *
 * @throws {DocumentError} when the platform would not take it
 */
export function parseDocument(body: string, contentType = ""): Verb[] {
  const text = body.trim();
  if (text === "") return [];
  const isJson = /\bjson\b/i.test(contentType) || text.startsWith("{") || text.startsWith("[");
  const verbs = isJson ? parseJsonDocument(text) : parseXmlDocument(text);
  if (verbs.length > MAX_VERBS) {
    throw new DocumentError(
      `Cannot follow the document: it must have at most ${MAX_VERBS} verbs: received ${verbs.length}`,
    );
  }
  return verbs;
}
