import { z } from "zod";
import { must } from "../settings/checked_yaml.ts";
import { tag, text, whole } from "./fields.ts";

const yesOrNo = z.boolean(must("must be true or false", "write false"));

const host = z.string(must("must be a host", "write api.example.com"))
  .toLowerCase()
  .regex(
    /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/,
    must("must be a host, with a port if need be", "write api.example.com, without https://"),
  );

/** Where tools that are written in YAML may go. */
export const tools = z.strictObject({
  hosts: z.array(z.union([
    host.transform((host) => ({ host, allowPrivate: false })),
    z.strictObject({ host, allow_private: yesOrNo.default(false) })
      .transform(({ host, allow_private }) => ({ host, allowPrivate: allow_private })),
  ], must("must be a host, or host: and allow_private:", "write - api.example.com"))).max(50)
    .default([]),
}, must("must be a block of hosts", "write hosts: [api.example.com] below it")).prefault({});

/** How a tool is made safe; the same words as in the tools themselves. */
export const effect = z.enum(
  ["read", "write", "irreversible"],
  must("must be read, write or irreversible", "write read when it changes nothing"),
);
export const identity = z.enum(
  ["none", "number", "fact", "code"],
  must("must be none, number, fact or code", "write fact when it changes something"),
);
export const timeoutMs = whole(500, 10_000);
/** One text per language, such as a question or an answer with `{values}`. */
export const perLanguage = z.record(
  tag,
  text(500),
  must("must be one text per language", "write en: … and sw: … on lines of their own"),
);

const mcpTool = z.union([
  text(64).transform((name) => ({ name, effect: "read" as const, identity: "none" as const })),
  z.strictObject({
    name: text(64),
    effect: effect.default("read"),
    identity: identity.default("none"),
    confirm: perLanguage.optional(),
    timeout_ms: timeoutMs.optional(),
  }).transform(({ timeout_ms, ...rest }) => ({ ...rest, timeoutMs: timeout_ms })),
], must("must be a tool's name, or name:, effect: and identity:", "write - get_bill"));

/** Servers of the Model Context Protocol. */
export const mcp = z.array(
  z.strictObject({
    name: z.string(must("must be a short name", "write crm")).regex(
      /^[a-z][a-z0-9_]{0,20}$/,
      must("must be lower-case letters, digits and _", "write crm"),
    ),
    url: z.url({ protocol: /^https?$/, ...must("must be a URL", "write https://…") }).optional(),
    command: z.array(text(500)).min(1).max(20).optional(),
    headers: z.record(z.string(), text(500)).default({}),
    tools: z.array(mcpTool).min(1, must("must name the tools to offer", "write - get_bill"))
      .max(32),
  }).refine(
    ({ url, command }) => (url === undefined) !== (command === undefined),
    must("must have either url or command", "keep one of them"),
  ),
).max(8).default([]);

/** What is kept of calls, and for how long. */
export const privacy = z.strictObject({
  retention_days: whole(1, 3_650).default(30),
  mask: z.strictObject({
    phone: yesOrNo.optional(),
    national_id: yesOrNo.optional(),
    card: yesOrNo.optional(),
    email: yesOrNo.optional(),
    mpesa_code: yesOrNo.optional(),
    secret: yesOrNo.optional(),
  }, must("must be a block of rules", "write phone: false below it")).default({}),
}, must("must be a block", "write retention_days: 30 below it")).transform((value) => ({
  retentionDays: value.retention_days,
  mask: value.mask,
})).prefault({});

/** Whether callers are recognised when they call again. */
export const memory = z.strictObject({
  enabled: yesOrNo.default(true),
  days: whole(1, 90).default(14),
}, must("must be a block", "write enabled: false below it")).prefault({});
