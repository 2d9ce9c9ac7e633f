/** One element of an XML document; text is that of the element itself, without its children's. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

/** The document is not well-formed XML. */
export class XmlError extends Error {
  override name = "XmlError";
}

const NAME = "[A-Za-z_][\\w.:-]*";
const MARKUP = new RegExp(
  `<!--[^]*?-->|<\\?[^]*?\\?>|<!\\[CDATA\\[([^]*?)\\]\\]>|<!DOCTYPE[^>]*>|</(${NAME})\\s*>|` +
    `<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`,
  "y",
);
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");
// XML 1.0 allows no other control characters, escaped or not.
// deno-lint-ignore no-control-regex
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;

/**
 * Reads a small XML document as strictly as a PBX does: one root, every element closed, no stray
 * `&` or `<`.
 *
 * @throws {XmlError} when it is not well-formed
 */
export function parseXml(source: string): XmlElement {
  const control = FORBIDDEN.exec(source);
  if (control) throw broken(`it holds a control character`, source, control.index);
  const root: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  let at = source.startsWith("\ufeff") ? 1 : 0;
  while (at < source.length) {
    const here = open[open.length - 1];
    if (source[at] !== "<") {
      const end = source.indexOf("<", at);
      const text = source.slice(at, end < 0 ? source.length : end);
      if (open.length === 1 && text.trim() !== "") throw broken("text outside", source, at);
      here.text += unescape(text, source, at);
      at += text.length;
      continue;
    }
    MARKUP.lastIndex = at;
    const match = MARKUP.exec(source);
    if (!match) throw broken("a tag can't be read", source, at);
    const [whole, cdata, closed, name, attributes, selfClosed] = match;
    if (cdata !== undefined) here.text += cdata;
    if (closed !== undefined) {
      if (open.length === 1 || here.name !== closed) {
        throw broken(`</${closed}> closes no open element`, source, at);
      }
      open.pop();
    }
    if (name !== undefined) {
      const element = { name, attributes: readAttributes(attributes, at), children: [], text: "" };
      here.children.push(element);
      if (!selfClosed) open.push(element);
    }
    at += whole.length;
  }
  if (open.length > 1) throw broken(`<${open[open.length - 1].name}> is not closed`, source, at);
  if (root.children.length !== 1) throw broken("there must be one root element", source, 0);
  return root.children[0];
}

function readAttributes(source: string, at: number): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of source.matchAll(ATTRIBUTE)) {
    if (Object.hasOwn(attributes, name)) throw broken(`${name} is given twice`, source, at);
    attributes[name] = unescape(double ?? single, source, at);
  }
  return attributes;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text: string, source: string, at: number): string {
  return text.replace(/&([^;&\s]{1,10};)?/g, (_, reference?: string) => {
    const name = reference?.slice(0, -1) ?? "";
    const entity = ENTITIES[name];
    if (entity) return entity;
    const code = /^#(\d+)$/.exec(name)?.[1] ?? /^#x([\da-f]+)$/i.exec(name)?.[1];
    const point = code === undefined ? NaN : parseInt(code, name[1] === "x" ? 16 : 10);
    if (!(point > 0 && point <= 0x10ffff)) throw broken("an & begins no known entity", source, at);
    return String.fromCodePoint(point);
  });
}

function broken(what: string, source: string, at: number): XmlError {
  const near = JSON.stringify(source.slice(at, at + 40));
  return new XmlError(`Cannot read the document: it must be well-formed XML: ${what} near ${near}`);
}
