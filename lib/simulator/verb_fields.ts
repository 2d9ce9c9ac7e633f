import { type DialVerb, DocumentError, type StreamVerb, type Verb } from "./verbs.ts";

/** Fields of a verb by name, as JSON or XML attributes gave them. */
export type Fields = Record<string, unknown>;

/** Checks a stream as the platform's schema does. */
export function readStream(fields: Fields): { verb: "stream" } & StreamVerb {
  const url = requireText("Stream", "url", fields.url);
  if (!/^wss?:\/\//.test(url) || !URL.canParse(url)) {
    throw new DocumentError(
      `Cannot follow Stream: url must begin with ws:// or wss://: received ${url}`,
    );
  }
  const track = text(fields.track) ?? "inbound_track";
  if (track !== "inbound_track" && track !== "outbound_track" && track !== "both_tracks") {
    throw new DocumentError(
      `Cannot follow Stream: track must be inbound_track, outbound_track or both_tracks: received ${track}`,
    );
  }
  const outputRateHz = number("Stream", "outputSamplingRate", fields.outputSamplingRate) ?? 8000;
  if (outputRateHz !== 8000 && outputRateHz !== 16000) {
    throw new DocumentError(
      `Cannot follow Stream: outputSamplingRate must be 8000 or 16000: received ${outputRateHz}`,
    );
  }
  if (fields.headerMetadata !== undefined && typeof fields.headerMetadata !== "string") {
    throw new DocumentError(
      "Cannot follow Stream: headerMetadata must be a string that holds a JSON object",
    );
  }
  return {
    verb: "stream",
    url,
    track,
    connect: fields.connect === true || fields.connect === "true",
    outputRateHz,
    bidirectionalRateHz: number(
      "Stream",
      "bidirectionalSamplingRate",
      fields.bidirectionalSamplingRate,
    ),
    name: text(fields.name),
    headerMetadata: text(fields.headerMetadata),
    openMetadata: text(fields.openMetadata),
    statusCallback: text(fields.statusCallback),
    statusEvents: (text(fields.statusEvents) ?? "").split(/\s+/).filter(Boolean),
  };
}

/** Checks a dial; `targets` are all numbers and addresses that it names. */
export function readDial(fields: Fields, targets: string[]): { verb: "dial" } & DialVerb {
  const isSip = targets.some((target) => target.startsWith("sip:"));
  if (targets.length === 0 || (isSip && targets.length > 1)) {
    throw new DocumentError(
      `Cannot follow Dial: it must name phone numbers or one SIP address: received ${
        targets.length === 0 ? "none" : targets.join(", ")
      }`,
    );
  }
  return {
    verb: "dial",
    targets,
    callerId: text(fields.callerId),
    timeoutS: number("Dial", "timeout", fields.timeout) ?? 30,
  };
}

/** Checks a digit collection; XML says `maxDigits`, JSON `numDigits`. */
export function readGetDigits(fields: Fields, prompts: Verb[]): Verb {
  const wrong = prompts.find((prompt) => prompt.verb !== "say" && prompt.verb !== "play");
  if (wrong) {
    throw new DocumentError(
      `Cannot follow GetDigits: only Say and Play may be inside: received ${wrong.verb}`,
    );
  }
  return {
    verb: "getDigits",
    maxDigits: number("GetDigits", "maxDigits", fields.maxDigits ?? fields.numDigits) ?? 0,
    timeoutS: number("GetDigits", "timeout", fields.timeout) ?? 5,
    finishOnKey: text(fields.finishOnKey) ?? "#",
    prompts,
  };
}

/** Takes a field as text; absent and empty are the same. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Takes a field that must be there. */
export function requireText(verb: string, name: string, value: unknown): string {
  const found = text(typeof value === "string" ? value.trim() : value);
  if (found === undefined) {
    throw new DocumentError(`Cannot follow ${verb}: ${name} must be given`);
  }
  return found;
}

/** Takes a field as a whole number of at least 0. */
export function number(verb: string, name: string, value: unknown): number | undefined {
  if (value === undefined || value === "") return undefined;
  const found = typeof value === "string" ? Number(value) : value;
  if (typeof found !== "number" || !Number.isInteger(found) || found < 0) {
    throw new DocumentError(
      `Cannot follow ${verb}: ${name} must be a whole number: received ${JSON.stringify(value)}`,
    );
  }
  return found;
}
