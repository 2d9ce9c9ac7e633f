import { createHash } from "node:crypto";
import * as v from "valibot";
import { type Clock, deadline } from "../clock.ts";
import type { Backend } from "../contracts/backend.ts";
import type { LookUp, ToolCall, ToolOutcome } from "../contracts/llm.ts";
import type { Tool } from "../contracts/tool.ts";
import { language as languageOf } from "../languages/languages.ts";
import { refusalText } from "../settings/issue_text.ts";
import type { Identity } from "./identity.ts";
import type { ConfirmGate } from "./safe_actions.ts";
import type { ToolCatalog } from "./tool_catalog.ts";

/** Time one tool has when it names none. */
export const TOOL_TIMEOUT_MS = 4_000;
/** Tool calls of one round; more are refused. */
export const MAX_CALLS_PER_ROUND = 8;
/** JSON text of one call's arguments. */
export const MAX_ARGS_CHARS = 4_096;
/** JSON text of one outcome's data; more would fill the model's context. */
export const MAX_DATA_CHARS = 8_192;
/** Text of one outcome that is spoken. */
export const MAX_SAY_CHARS = 800;

export interface ToolRunnerOptions {
  callId: string;
  /** E.164 number that the platform gave. */
  callerNumber?: string;
  catalog: ToolCatalog;
  backend: Backend;
  clock: Clock;
  identity: Identity;
  gate: ConfirmGate;
  handOver(reason: string): void;
  endCall(reason: string): void;
  /** Told about every tool that ran or was refused. */
  onRun?(run: ToolRun): void;
}

export interface ToolRun {
  name: string;
  effect: Tool["effect"];
  ok: boolean;
  durationMs: number;
  error?: string;
  /** What it found or did, in words. */
  result?: string;
  lookedUp?: LookUp;
}

/** Runs the tools of one call; no method throws for what a model asked or a tool did. */
export interface ToolRunner {
  /**
   * Runs what the model asked for. Reads run side by side and stop when `signal` aborts; a write
   * is put up for confirmation instead, and its outcome has the question to read out.
   */
  run(calls: ToolCall[], language: string, signal: AbortSignal): Promise<ToolOutcome[]>;
  /**
   * Runs a write that the gate let through. Writes run one after another, are not stopped by the
   * caller, and run once for the same arguments: a second time gives the first outcome.
   */
  runConfirmed(call: ToolCall, language: string): Promise<ToolOutcome>;
}

/** Makes the runner of one call. */
export function createToolRunner(options: ToolRunnerOptions): ToolRunner {
  const { catalog, clock, identity, gate } = options;
  const done = new Map<string, Promise<ToolOutcome>>();
  let lastWrite: Promise<unknown> = Promise.resolve();

  /** The tool and its checked arguments, or the outcome of a call that is refused. */
  function admit(call: ToolCall, language: string) {
    const tool = catalog.get(call.name);
    if (!tool) return { refusal: refused(call, `There is no tool named ${call.name}`) };
    if (JSON.stringify(call.args).length > MAX_ARGS_CHARS) {
      return {
        refusal: refused(call, `The arguments must have at most ${MAX_ARGS_CHARS} characters`),
      };
    }
    const parsed = v.safeParse(tool.parameters, call.args, { message: refusalText });
    if (!parsed.success) return { refusal: refused(call, sentence(parsed.issues)) };
    if (identity.allows(tool.identity)) return { tool, args: parsed.output };
    const refusal = refused(call, `The caller must be known: ${tool.identity}`);
    return { refusal: askingWho(refusal, tool, language) };
  }

  function refused(call: ToolCall, error: string): ToolOutcome {
    const effect = catalog.get(call.name)?.effect ?? "read";
    options.onRun?.({ name: call.name, effect, ok: false, durationMs: 0, error });
    return { id: call.id, name: call.name, ok: false, data: { error } };
  }

  /** Asks for the proof that is missing, or offers a person when there can't be any. */
  function askingWho(outcome: ToolOutcome, tool: Tool, language: string): ToolOutcome {
    if (identity.locked || identity.level === "none") {
      const { notProven, needsNumber } = languageOf(language).toolTexts;
      return offeringPerson(outcome, identity.locked ? notProven : needsNumber);
    }
    return {
      ...outcome,
      data: { ...outcome.data, needsIdentity: tool.identity },
      say: languageOf(language).toolTexts.needsFact,
      expect: "account_no",
    };
  }

  async function execute(
    call: ToolCall,
    tool: Tool,
    args: Record<string, unknown>,
    language: string,
    parent?: AbortSignal,
  ): Promise<ToolOutcome> {
    const startMs = clock.now();
    const limit = deadline(clock, tool.timeoutMs ?? TOOL_TIMEOUT_MS, parent);
    const head = { id: call.id, name: call.name };
    const report = (ok: boolean, more: Pick<ToolRun, "error" | "result" | "lookedUp">) =>
      options.onRun?.({
        name: call.name,
        effect: tool.effect,
        ok,
        durationMs: clock.now() - startMs,
        ...more,
      });
    try {
      const idempotencyKey = keyOf(options.callId, call.name, args);
      limit.signal.throwIfAborted();
      const { data, say, expect, lookedUp } = await orAborted(
        tool.run(args, {
          callId: options.callId,
          callerNumber: options.callerNumber,
          language,
          backend: options.backend,
          idempotencyKey,
          signal: limit.signal,
          proveIdentity: identity.prove,
          handOver: options.handOver,
          endCall: options.endCall,
        }),
        limit.signal,
      );
      const result = say.slice(0, MAX_SAY_CHARS);
      report(true, { result, ...(lookedUp && { lookedUp }) });
      return { ...head, ok: true, data: bounded(data), say: result, expect };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      report(false, { error: reason });
      const { failed, unconfirmed } = languageOf(language).toolTexts;
      return offeringPerson(
        { ...head, ok: false, data: { error: reason.slice(0, 300) } },
        tool.effect === "read" ? failed : unconfirmed,
      );
    } finally {
      limit.clear();
    }
  }

  return {
    run(calls, language, signal) {
      let proposed = false;
      return Promise.all(calls.map((call, i) => {
        if (i >= MAX_CALLS_PER_ROUND) {
          return refused(call, `At most ${MAX_CALLS_PER_ROUND} tools may be called at once`);
        }
        const { tool, args, refusal } = admit(call, language);
        if (refusal) return refusal;
        if (tool.effect === "read") return execute(call, tool, args, language, signal);
        if (proposed) return refused(call, "One change at a time: ask for this one afterwards");
        proposed = true;
        const question = gate.propose(call, tool, args, language);
        return {
          id: call.id,
          name: call.name,
          ok: true,
          data: {
            status: "not done yet: waiting for the caller's yes",
            question: question.say,
            confirmationNeeded: true,
          },
          ...question,
        };
      }));
    },
    async runConfirmed(call, language) {
      const { tool, args, refusal } = admit(call, language);
      if (refusal) return refusal;
      const key = keyOf(options.callId, call.name, args);
      let outcome = done.get(key);
      if (!outcome) {
        outcome = lastWrite.then(() => execute(call, tool, args, language));
        lastWrite = outcome;
        done.set(key, outcome);
        // Trying again after a failure is safe, since the company's system sees the same key.
        outcome.then(({ ok }) => ok || done.delete(key));
      }
      return { ...await outcome, id: call.id };
    },
  };
}

function offeringPerson(outcome: ToolOutcome, say: string): ToolOutcome {
  return { ...outcome, data: { ...outcome.data, offersPerson: true }, say, expect: "yes_no" };
}

function bounded(data: Record<string, unknown>): Record<string, unknown> {
  const json = JSON.stringify(data);
  return json.length <= MAX_DATA_CHARS ? data : { truncated: json.slice(0, MAX_DATA_CHARS) };
}

/** What a model must change, field by field. */
function sentence(issues: v.BaseIssue<unknown>[]): string {
  return issues.slice(0, 8)
    .map((issue) => `${v.getDotPath(issue) ?? "arguments"}: ${issue.message}`)
    .join("; ");
}

/** Settles like `work`, or throws the signal's reason when that comes first. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** The same for the same action in the same call, whatever order its arguments come in. */
function keyOf(callId: string, name: string, args: Record<string, unknown>): string {
  const sorted = JSON.stringify(
    args,
    (_, value) =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
  return createHash("sha256").update(`${callId}\n${name}\n${sorted}`).digest("hex").slice(0, 32);
}
