import * as v from "valibot";
import { show, type YamlProblem } from "../settings/checked_yaml.ts";
import { nearest } from "../agent/nearest.ts";
import { allowedHost } from "./guarded_fetch.ts";
import { isOwnPath } from "./own_path.ts";
import type { LoadToolsOptions } from "./load_tools.ts";
import { placeholdersOf, secretsOf, textsIn } from "./template.ts";
import { OWN_VALUES, type ToolFile, toolFileSchema } from "./tool_file.ts";

/** What the schema cannot see in a tool's file: names that must agree, hosts, secrets, languages. */
export function fileProblems(
  value: unknown,
  stem: string,
  options: LoadToolsOptions,
): YamlProblem[] {
  const { success, output: tool } = v.safeParse(toolFileSchema, value);
  if (!success) return [];
  const problems: YamlProblem[] = [];
  const refuse = (path: string[], wrong: string, received: unknown, fix: string) =>
    problems.push({
      path,
      message: `${path.join(".")}: ${wrong}: received ${show(received)}: ${fix}`,
      key: false,
    });

  if (tool.name !== stem) refuse(["name"], "must be the file's name", tool.name, `write ${stem}`);
  for (const name of Object.keys(tool.parameters)) {
    if (!isOwn(name)) continue;
    refuse(["parameters", name], "must not be a parameter", name, "it comes from the call itself");
  }
  checkUrl(tool, options, refuse);
  checkPlaces(tool, refuse);
  checkLanguages(tool, options.languages, refuse);
  checkSafety(tool, refuse);
  if (tool.enabled) {
    for (const [header, text] of Object.entries(tool.headers)) {
      for (const name of secretsOf(text).filter((name) => !options.env[name])) {
        refuse(
          ["headers", header],
          "must name a variable that is set",
          name,
          `set ${name} in .env`,
        );
      }
    }
  }
  for (const name of tool.mask.filter((name) => !Object.hasOwn(tool.pick, name))) {
    refuse(["mask"], "must name what is picked", name, didYouMean(name, Object.keys(tool.pick)));
  }
  return problems;
}

type Refuse = (path: string[], wrong: string, received: unknown, fix: string) => void;

function checkUrl({ url: template, enabled }: ToolFile, options: LoadToolsOptions, refuse: Refuse) {
  if (isOwnPath(template)) return;
  const [, origin] = /^(https?:\/\/[^/?#]*)/.exec(template) ?? [];
  const url = URL.parse(template.replace(/\{\w+\}/g, "x"));
  if (origin === undefined || !url || url.username || /[{}@\\]/.test(origin)) {
    return refuse(
      ["url"],
      "must be a URL whose host has no {values}",
      template,
      "write https://api.example.com/bills/{account}, or /bills for BACKEND_URL",
    );
  }
  const allowed = allowedHost(url, options.hosts);
  if (enabled && !allowed) {
    refuse(["url"], "must go to a host that agent.yaml lists", url.host, "add it to tools: hosts:");
  }
  if (enabled && url.protocol === "http:" && !allowed?.allowPrivate) {
    refuse(["url"], "must be asked over https", template, "write https://…");
  }
}

/** Every `{place}` must have a value: a parameter, a value of the call, or in answers what is picked. */
function checkPlaces(tool: ToolFile, refuse: Refuse) {
  const asked = [...Object.keys(tool.parameters), ...OWN_VALUES];
  const check = (path: string[], text: string, known: string[]) => {
    for (const name of placeholdersOf(text).filter((name) => !known.includes(name))) {
      refuse(path, "must have a value for every place", `{${name}}`, didYouMean(name, known));
    }
  };
  check(["url"], tool.url, asked);
  for (const [name, text] of Object.entries(tool.headers)) check(["headers", name], text, asked);
  for (const text of textsIn(tool.body)) check(["body"], text, asked);
  const facts = Object.keys(tool.pick);
  const each = (field: "say" | "not_found" | "confirm", known: string[]) => {
    for (const [tag, text] of Object.entries(tool[field] ?? {})) check([field, tag], text, known);
  };
  each("say", [...Object.keys(tool.parameters), ...facts]);
  each("not_found", Object.keys(tool.parameters));
  each("confirm", Object.keys(tool.parameters));
  const fields = Object.keys(tool.parameters);
  for (const [tag, phrases] of Object.entries(tool.phrases)) {
    for (const [, name] of phrases.join(" ").matchAll(/<(\w+)>/g)) {
      if (fields.includes(name)) continue;
      refuse(["phrases", tag], "must name parameters", `<${name}>`, didYouMean(name, fields));
    }
  }
  for (const text of [tool.url, ...textsIn(tool.body)].filter((text) => secretsOf(text).length)) {
    refuse(["headers"], "must be where secrets are", text, "move the secret into a header");
  }
}

function checkLanguages(tool: ToolFile, languages: string[], refuse: Refuse) {
  const all = {
    say: tool.say,
    not_found: tool.not_found,
    confirm: tool.confirm,
    "proves.wrong": tool.proves?.wrong,
  };
  for (const [field, texts] of Object.entries(all)) {
    if (!texts) continue;
    for (const tag of languages.filter((tag) => !texts[tag])) {
      refuse(field.split("."), `has no text in ${tag}`, texts, `write ${tag}: … below it`);
    }
  }
}

function checkSafety(tool: ToolFile, refuse: Refuse) {
  const used = [tool.url, ...Object.values(tool.headers), ...textsIn(tool.body)]
    .flatMap(placeholdersOf);
  if (used.includes("caller_number") && tool.identity === "none") {
    refuse(["identity"], "must be known when {caller_number} is used", "none", "write number");
  }
  if (tool.method === "GET" && tool.body !== undefined) {
    refuse(["body"], "must not be sent with GET", tool.body, "write method: POST");
  }
  if (tool.proves && !isOwnPath(tool.url) && !used.includes("caller_number")) {
    const fix = "put {caller_number} into url:, headers: or body:";
    refuse(["proves"], "must be checked for the caller's own number", tool.url, fix);
  }
  if (tool.proves && (tool.effect !== "read" || tool.identity === "none")) {
    refuse(
      ["proves"],
      "must be of a read whose caller's number is known",
      `effect ${tool.effect}, identity ${tool.identity}`,
      "write effect: read and identity: number",
    );
  }
  if (tool.effect === "read") return;
  if (!tool.confirm) {
    refuse(
      ["effect"],
      "needs a question to be asked first",
      tool.effect,
      "write confirm: { en: … }",
    );
  }
  for (const [tag, text] of Object.entries(tool.confirm ?? {})) {
    if (!/\?\s*$/.test(text)) refuse(["confirm", tag], "must end in a question", text, "add a ?");
  }
  if (tool.identity === "number") {
    refuse(
      ["identity"],
      "must be none, fact or code for a change",
      "number",
      "write fact: numbers can be forged",
    );
  }
  if (tool.method === "GET") {
    refuse(["method"], "must not be GET for a change", "GET", "write method: POST");
  }
}

function didYouMean(name: string, known: string[]): string {
  const guess = nearest(name, known);
  return guess ? `did you mean ${guess}?` : `use one of ${known.join(", ") || "nothing"}`;
}

function isOwn(name: string): boolean {
  return (OWN_VALUES as readonly string[]).includes(name);
}
