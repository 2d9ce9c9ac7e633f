import {
  configureSync,
  getConsoleSink,
  getJsonLinesFormatter,
  getTextFormatter,
  type LogLevel,
  type Sink,
  type TextFormatter,
} from "@logtape/logtape";
import {
  JWT_PATTERN,
  redactByField,
  redactByPattern,
  type RedactionPattern,
} from "@logtape/redaction";

export interface LogOptions {
  level: LogLevel;
  /** Lines of text for people; else one JSON object a line. */
  pretty: boolean;
  /** Where lines go. @default the console */
  sink?: (format: TextFormatter) => Sink;
}

/** Fields that hold what a caller said or is, or what opens a door. */
const HIDDEN_FIELDS = [
  /number$/i,
  /^(text|heard|transcript|said|say|brief|digits|phone|msisdn|from|to|account)$/i,
  /(secret|password|pin|authorization|cookie|api_?key|token)$/i,
];

const HIDDEN_TEXTS: RedactionPattern[] = [
  { pattern: /\/audio\/[^\s"'\\?]+/g, replacement: "/audio/…" },
  { pattern: /(bearer )[^\s"'\\]+/gi, replacement: "$1…" },
  { pattern: /([?&](?:key|token|sig)=)[^\s"'\\&]+/gi, replacement: "$1…" },
  { pattern: /\b(AIza|AQ\.|sk-|whsec_|tskey_)[\w.-]{8,}/g, replacement: "$1…" },
  JWT_PATTERN,
  // The last three digits are enough to recognise a number in front of you.
  { pattern: /\+\d[\d ()-]{5,16}(\d{3})(?!\d)/g, replacement: "+…$1" },
  { pattern: /(?<![\w.+:-])\d{6,12}(\d{3})(?![\w.:-])/g, replacement: "…$1" },
];

/** Sets the log up, once in the life of the process; nothing is logged before. */
export function configureLog({ level, pretty, sink }: LogOptions): void {
  const format = redactByPattern(
    pretty
      ? getTextFormatter({ timestamp: "time", category: (parts) => parts.slice(1).join(".") })
      : getJsonLinesFormatter({ categorySeparator: ".", properties: "flatten" }),
    HIDDEN_TEXTS,
  );
  const out = sink?.(format) ?? getConsoleSink({ formatter: format });
  configureSync({
    reset: true,
    sinks: {
      out: redactByField(out, { fieldPatterns: HIDDEN_FIELDS, action: () => "hidden" }),
    },
    loggers: [
      { category: "pokea", lowestLevel: level, sinks: ["out"] },
      { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["out"] },
    ],
  });
}
