import { type AgentTools, openAgentTools } from "../actions/agent_tools.ts";
import { loadAgent } from "../agent_file.ts";
import type { BridgeParts } from "../bridge.ts";
import { systemClock } from "../clock.ts";
import type { Backend } from "../contracts/backend.ts";
import type { ToolOutcome } from "../contracts/llm.ts";
import type { Tool } from "../contracts/tool.ts";
import { type Env, loadEnv } from "../settings/env.ts";
import { createIdentity } from "../actions/identity.ts";
import { loadKnowledge } from "../knowledge.ts";
import { toE164 } from "../platform/phone_number.ts";
import { createConfirmGate } from "../actions/safe_actions.ts";
import { readSettings } from "../settings.ts";
import { ProblemsError } from "../settings/problems_error.ts";
import { createToolRunner } from "../actions/tool_runner.ts";
import { SAMPLE_CALLER, UsageError } from "./call_options.ts";
import { readToolOptions, TOOL_HELP, type ToolOptions } from "./tool_options.ts";

export interface ToolTerminal {
  print(text: string): void;
  complain(text: string): void;
  /** Puts a yes-or-no question; false when nobody is there to answer. */
  ask(question: string): boolean;
}

const terminal: ToolTerminal = {
  print: console.log,
  complain: console.error,
  ask: (question) => Deno.stdin.isTerminal() && confirm(question),
};

/** Runs `deno task tool` and resolves with its exit code. */
export async function runTool(
  args: string[],
  parts: BridgeParts,
  on: ToolTerminal = terminal,
  env: Env = loadEnv(),
): Promise<number> {
  let tools: AgentTools | undefined;
  try {
    const options = readToolOptions(args);
    if (options.help) {
      on.print(TOOL_HELP);
      return 0;
    }
    const settings = readSettings(env);
    const agent = await loadAgent(settings.agentDir);
    const knowledge = await loadKnowledge(`${settings.agentDir}/knowledge`, { clock: systemClock });
    tools = await openAgentTools({
      agent,
      agentDir: settings.agentDir,
      own: parts.tools(knowledge),
      env,
      clock: systemClock,
      log: { info() {}, warn: on.complain },
    });
    await tools.tried;
    if (options.name === undefined) {
      for (const tool of tools.catalog.tools) on.print(line(tool));
      return 0;
    }
    const tool = tools.catalog.get(options.name);
    if (!tool) {
      on.complain(`Cannot try ${options.name}: there is no such tool: deno task tool --list`);
      return 2;
    }
    const from = options.from ?? SAMPLE_CALLER;
    const callerNumber = from === "withheld" ? undefined : toE164(from, settings.defaultCountry);
    if (from !== "withheld" && !callerNumber) {
      throw new UsageError(`Cannot call from ${from}: --from must be a phone number, or withheld`);
    }
    const language = options.language ?? agent.languages[0];
    const backend = parts.backend(settings, systemClock);
    return await tryTool({ tool, tools, options, callerNumber, language, backend, on });
  } catch (error) {
    if (error instanceof UsageError) {
      on.complain(`${error.message}\nTry deno task tool --help`);
      return 2;
    }
    if (!(error instanceof ProblemsError || error instanceof TypeError)) throw error;
    on.complain(error.message);
    return 1;
  } finally {
    await tools?.close();
  }
}

interface Trial {
  tool: Tool;
  tools: AgentTools;
  options: ToolOptions;
  callerNumber?: string;
  language: string;
  backend: Backend;
  on: ToolTerminal;
}

/** Runs the tool as a call would, with the proof of who is calling taken for given. */
async function tryTool(
  { tool, tools, options, callerNumber, language, backend, on }: Trial,
): Promise<number> {
  const identity = createIdentity(callerNumber);
  if (tool.identity === "fact" || tool.identity === "code") identity.prove(tool.identity, true);
  const wishes: string[] = [];
  let durationMs = 0;
  const gate = createConfirmGate({ isYes: () => true, isNo: () => false });
  const runner = createToolRunner({
    // Another one each time, so that a change is tried anew.
    callId: `HD_tool_${crypto.randomUUID()}`,
    callerNumber,
    catalog: tools.catalog,
    backend,
    clock: systemClock,
    identity,
    gate,
    handOver: (reason) => wishes.push(`hand over: ${reason}`),
    endCall: (reason) => wishes.push(`end the call: ${reason}`),
    onRun: (run) => durationMs = run.durationMs,
  });
  const spec = tools.catalog.specs().find(({ name }) => name === tool.name)!;
  const call = { id: "1", name: tool.name, args: options.argsFor(spec.parameters) };
  on.print(`${line(tool)}\narguments: ${JSON.stringify(call.args)}`);
  let [outcome] = await runner.run([call], language, new AbortController().signal);
  if (outcome.data.confirmationNeeded) {
    on.print(`asks: ${outcome.say}`);
    if (!options.yes && !on.ask("Do it?")) {
      on.complain("Nothing was changed; --yes changes without asking.");
      return 1;
    }
    const answer = gate.answer("yes", language);
    if (answer && "run" in answer) outcome = await runner.runConfirmed(answer.run, language);
  }
  on.print(inWords(outcome, durationMs, wishes));
  return outcome.ok ? 0 : 1;
}

function line({ name, effect, identity, description }: Tool): string {
  return `${name}  ${effect}, identity ${identity}  ${description}`;
}

function inWords({ ok, data, say, expect }: ToolOutcome, ms: number, wishes: string[]): string {
  return [
    `${ok ? "worked" : "failed"} in ${Math.round(ms)} ms`,
    `data: ${JSON.stringify(data)}`,
    say && `says: ${say}`,
    expect && `waits for: ${expect}`,
    ...wishes.map((wish) => `wants to ${wish}`),
  ].filter(Boolean).join("\n");
}

if (import.meta.main) {
  const { parts } = await import("../../main.ts");
  Deno.exit(await runTool(Deno.args, parts));
}
