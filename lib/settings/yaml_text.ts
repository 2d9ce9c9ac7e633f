import {
  constructFromEvents,
  type Event,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  YAMLException,
} from "js-yaml";

/** The text is no YAML, or more than one document; `line` counts from 1. */
export class YamlError extends Error {
  override name = "YamlError";

  constructor(message: string, readonly line: number) {
    super(message);
  }
}

/** Where a value is written, as offsets into the text. */
interface Place {
  start: number;
  /** Where its key is written, when it has one. */
  keyStart?: number;
  /** The places of what is in it, by key or index. */
  parts: Map<string, Place>;
}

/** What a YAML text says, and where it says it. */
export class YamlText {
  /** Undefined when the text says nothing. */
  readonly value: unknown;
  readonly #text: string;
  readonly #root?: Place;

  /** @throws {YamlError} when it isn't one document of YAML 1.2 */
  constructor(text: string) {
    this.#text = text;
    try {
      const events = parseEvents(text, {});
      const values = constructFromEvents(events, { source: text });
      if (values.length > 1) throw new YamlError("must be one document, without ---", 1);
      this.value = values[0];
      // The first event opens the document.
      if (values.length === 1) this.#root = readPlace(text, events.slice(1).values());
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      throw new YamlError(error.reason, (error.mark?.line ?? 0) + 1);
    }
  }

  /** The line of the value at `path`, of its key, or of the nearest block around it; from 1. */
  lineOf(path: readonly PropertyKey[], atKey = false): number {
    let place = this.#root;
    let offset = place?.start ?? 0;
    for (const [depth, name] of path.entries()) {
      place = place?.parts.get(String(name));
      if (!place) break;
      const isValue = depth === path.length - 1 && !atKey && place.start >= 0;
      offset = isValue ? place.start : place.keyStart ?? place.start;
    }
    return this.#text.slice(0, offset).split("\n").length;
  }
}

/** Reads the events of one value; undefined at the end of the block around it. */
function readPlace(text: string, events: Iterator<Event>): Place | undefined {
  const event = events.next().value as Event;
  const parts = new Map<string, Place>();
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return { start: event.valueStart, parts };
    case EVENT_ID.ALIAS:
      return { start: event.anchorStart, parts };
    case EVENT_ID.SEQUENCE:
      for (let item = readPlace(text, events); item; item = readPlace(text, events)) {
        parts.set(String(parts.size), item);
      }
      return { start: event.start, parts };
    case EVENT_ID.MAPPING:
      for (let key = events.next().value!; key.type !== EVENT_ID.POP; key = events.next().value!) {
        // A key that is a block itself can't be named in a path; the schema refuses it.
        const name = key.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : "";
        const keyStart = key.type === EVENT_ID.SCALAR ? key.valueStart : undefined;
        const value = readPlace(text, events)!;
        parts.set(name, { ...value, keyStart });
      }
      return { start: event.start, parts };
    default:
      return undefined;
  }
}
