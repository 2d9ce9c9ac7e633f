import * as v from "valibot";
import { must } from "../settings/checked_yaml.ts";
import { block, blockOf } from "../settings/yaml_block.ts";
import { tag, text, webUrl, whole, yesOrNo } from "./fields.ts";

const host = v.pipe(
  v.string(must("must be a host", "write api.example.com")),
  v.toLowerCase(),
  v.regex(
    /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/,
    must("must be a host, with a port if need be", "write api.example.com, without https://"),
  ),
);

const publicHost = v.pipe(host, v.transform((host) => ({ host, allowPrivate: false })));
const hostBlock = v.pipe(
  block(
    { host, allow_private: v.optional(yesOrNo, false) },
    must("must be a host, or host: and allow_private:", "write - api.example.com"),
  ),
  v.transform(({ host, allow_private }) => ({ host, allowPrivate: allow_private })),
);

/** Where tools that are written in YAML may go. */
export const tools = v.optional(
  block({
    hosts: v.optional(
      v.pipe(
        v.array(v.lazy((given) => typeof given === "string" ? publicHost : hostBlock)),
        v.maxLength(50),
      ),
      [],
    ),
  }, must("must be a block of hosts", "write hosts: [api.example.com] below it")),
  {},
);

/** How a tool is made safe; the same words as in the tools themselves. */
export const effect = v.picklist(
  ["read", "write", "irreversible"],
  must("must be read, write or irreversible", "write read when it changes nothing"),
);
export const identity = v.picklist(
  ["none", "number", "fact", "code"],
  must("must be none, number, fact or code", "write fact when it changes something"),
);
export const timeoutMs = whole(500, 10_000);
/** One text per language, such as a question or an answer with `{values}`. */
export const perLanguage = blockOf(
  tag,
  text(500),
  must("must be one text per language", "write en: … and sw: … on lines of their own"),
);

const plainTool = v.pipe(
  text(64),
  v.transform((name) => ({ name, effect: "read" as const, identity: "none" as const })),
);
const toolBlock = v.pipe(
  block({
    name: text(64),
    effect: v.optional(effect, "read"),
    identity: v.optional(identity, "none"),
    confirm: v.optional(perLanguage),
    timeout_ms: v.optional(timeoutMs),
  }, must("must be a tool's name, or name:, effect: and identity:", "write - get_bill")),
  v.transform(({ timeout_ms, ...rest }) => ({ ...rest, timeoutMs: timeout_ms })),
);

const server = v.pipe(
  block({
    name: v.pipe(
      v.string(must("must be a short name", "write crm")),
      v.regex(
        /^[a-z][a-z0-9_]{0,20}$/,
        must("must be lower-case letters, digits and _", "write crm"),
      ),
    ),
    url: v.optional(webUrl),
    command: v.optional(v.pipe(v.array(text(500)), v.minLength(1), v.maxLength(20))),
    headers: v.optional(blockOf(v.string(), text(500)), {}),
    tools: v.pipe(
      v.array(
        v.lazy((given) => typeof given === "string" ? plainTool : toolBlock),
        must("must be a list of tools", "write - get_bill"),
      ),
      v.minLength(1, must("must name the tools to offer", "write - get_bill")),
      v.maxLength(32),
    ),
  }, must("must be a block of name, url and tools", "write - name: crm, and url: below it")),
  v.check(
    ({ url, command }) => (url === undefined) !== (command === undefined),
    must("must have either url or command", "keep one of them"),
  ),
);

/** Servers of the Model Context Protocol. */
export const mcp = v.optional(v.pipe(v.array(server), v.maxLength(8)), []);

/** What is kept of calls, and for how long. */
export const privacy = v.optional(
  v.pipe(
    block({
      retention_days: v.optional(whole(1, 3_650), 30),
      mask: v.optional(
        block({
          phone: v.optional(yesOrNo),
          national_id: v.optional(yesOrNo),
          card: v.optional(yesOrNo),
          email: v.optional(yesOrNo),
          mpesa_code: v.optional(yesOrNo),
          secret: v.optional(yesOrNo),
        }, must("must be a block of rules", "write phone: false below it")),
        {},
      ),
    }, must("must be a block", "write retention_days: 30 below it")),
    v.transform((value) => ({ retentionDays: value.retention_days, mask: value.mask })),
  ),
  {},
);

/** Whether callers are recognised when they call again. */
export const memory = v.optional(
  block({
    enabled: v.optional(yesOrNo, true),
    days: v.optional(whole(1, 90), 14),
  }, must("must be a block", "write enabled: false below it")),
  {},
);
