import { createInterface } from "node:readline";
import process from "node:process";
import { parseArgs } from "node:util";
import type { BridgeParts } from "../bridge.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import { type Env, loadEnv } from "../settings/env.ts";
import { configureLog } from "../log.ts";
import { createMasker } from "../privacy/mask.ts";
import { held } from "../scenarios/act_in_text.ts";
import { callerSounds } from "../scenarios/caller_sounds.ts";
import { openCompany } from "../scenarios/company.ts";
import { MarkedSounds } from "../scenarios/marked_sound.ts";
import { simulatedPerson } from "../scenarios/simulated_person.ts";
import { makeSpeechShape } from "../scenarios/speech_shape.ts";
import { startTextCall } from "../scenarios/text_call.ts";
import { TextPhone } from "../scenarios/text_phone.ts";
import { TypingCaller } from "../scenarios/typing_caller.ts";
import { VirtualClock } from "../scenarios/virtual_clock.ts";
import { type EngineName, ENGINES, readSettings } from "../settings.ts";
import { ProblemsError } from "../settings/problems_error.ts";
import { ScriptError } from "../simulator/caller_script.ts";
import { SAMPLE_CALLER, UsageError } from "./call_options.ts";
import { eventText } from "./event_text.ts";
import { createInk } from "./ink.ts";

/** Printed for `--help`. */
export const TALK_HELP =
  `Talks to the agent in the terminal: the same mind, tools, confirmations and languages, as text.

  deno task talk
  echo "what is my balance" | deno task talk

Type what the caller says; [press 0], [pause 12s] and [hang up] work as in deno task call.
Ctrl-D hangs up.

  --from NUMBER       the caller's number, or withheld (${SAMPLE_CALLER})
  --agent DIR         where agent.yaml and knowledge/ are (AGENT_DIR, or agent)
  --engine NAME       who thinks: ${ENGINES.join(", ")} (GEMINI_API_KEY decides, else embedded)
  --verbose           shows tools and what else happens`;

interface TalkOptions {
  from?: string;
  agentDir?: string;
  engine?: EngineName;
  isVerbose: boolean;
}

/** Where lines come from and go to. */
export interface TalkTerminal {
  lines: AsyncIterable<string>;
  /** True when what is typed is not seen anyway. */
  echoes: boolean;
  write(line: string): void;
}

/** Nobody types for longer. */
const MAX_CALL_MS = 60 * 60_000;

/** Runs `deno task talk`; the result is the exit code. */
export async function runTalk(
  args: string[],
  parts: BridgeParts,
  { env = loadEnv(), terminal = openTerminal() }: { env?: Env; terminal?: TalkTerminal } = {},
): Promise<number> {
  try {
    const options = readTalkOptions(args);
    if (!options) {
      terminal.write(TALK_HELP);
      return 0;
    }
    configureLog({ level: "fatal", pretty: true });
    await talk(options, parts, env, terminal);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    const isTheirs = error instanceof UsageError || error instanceof ProblemsError;
    return isTheirs ? 2 : 1;
  }
}

async function talk(
  { from, agentDir, engine, isVerbose }: TalkOptions,
  parts: BridgeParts,
  env: Env,
  { lines, echoes, write }: TalkTerminal,
): Promise<void> {
  const settings = readSettings({
    ...env,
    ...(engine && { STT: engine, LLM: engine, TTS: engine }),
    ...(agentDir && { AGENT_DIR: agentDir }),
  });
  const company = await openCompany(settings, parts, makeSpeechShape());
  try {
    const clock = new VirtualClock(Date.now());
    const ink = createInk(Deno.stdout.isTerminal() && !Deno.noColor);
    const caller = new TypingCaller();
    const mask = createMasker(company.agent.privacy.mask);
    const sounds = new MarkedSounds(company.speech);
    const phone = new TextPhone(clock);
    let isOver = false;
    const show = (event: CallEvent) => {
      caller.onEvent(event);
      if (event.type === "agent_sentence") write(`${company.agent.name}: ${event.text}`);
      else if (event.type === "filler") write(`${company.agent.name}: ${event.text}`);
      else if (isVerbose) {
        const [who, what] = eventText(event, ink) ?? [];
        if (what) write(ink.dim(`  ${who} ${what}`));
      }
      if (event.type === "hand_over" && event.state === "connected") {
        write("(A person is on the line now.)");
        isOver = true;
      }
      if (event.type === "ended") isOver = true;
    };
    const call = startTextCall(phone, {
      agent: company.agent,
      knowledge: company.knowledge,
      topicOf: company.topicOf,
      llm: company.engineName === "embedded"
        ? company.engine.llm
        : held(company.veil(company.engine.llm), clock),
      tools: company.tools.catalog.tools.map((tool) => ({
        ...tool,
        run: (given, context) => clock.hold(tool.run(given, context)),
      })),
      backend: parts.backend(settings, clock),
      handOver: simulatedPerson(company.agent, clock, "answers"),
      callerNumber: from === "withheld" ? undefined : from,
      sounds,
      engineName: company.engineName,
      publish: show,
    });
    const typed = lines[Symbol.asyncIterator]();
    const ended = await phone.connect(caller, call, {
      maxMs: MAX_CALL_MS,
      isOver: () => isOver,
      async beforeFrame() {
        if (!caller.mayType || isOver) return;
        const { value, done } = await typed.next();
        if (done) return caller.say([{ hangUp: true }]);
        if (!value.trim()) return;
        if (!echoes) write(`you: ${mask(value)}`);
        try {
          const [line] = callerSounds([{ caller: value }], sounds);
          caller.say(line.steps);
        } catch (error) {
          if (!(error instanceof ScriptError)) throw error;
          write(error.message);
        }
      },
    });
    write(ended === "caller" ? "(You hung up.)" : "(The call is over.)");
    await typed.return?.();
  } finally {
    await company.close();
  }
}

function readTalkOptions(args: string[]): TalkOptions | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: "boolean", short: "h" },
        from: { type: "string" },
        agent: { type: "string" },
        engine: { type: "string" },
        verbose: { type: "boolean", short: "v" },
      },
    });
    if (values.help) return undefined;
    const engine = ENGINES.find((name) => name === values.engine);
    if (values.engine !== undefined && !engine) {
      throw new UsageError(
        `Cannot talk: --engine must be one of ${ENGINES.join(", ")}: received ${values.engine}`,
      );
    }
    const from = values.from ?? SAMPLE_CALLER;
    if (!/^(\+[1-9]\d{6,14}|withheld)$/.test(from)) {
      throw new UsageError(
        `Cannot talk: --from must be like ${SAMPLE_CALLER}, or withheld: received ${from}`,
      );
    }
    return { from, agentDir: values.agent, engine, isVerbose: values.verbose ?? false };
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UsageError(`Cannot talk: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

/** The real terminal, or what is piped in. */
function openTerminal(): TalkTerminal {
  const isWatched = Deno.stdin.isTerminal();
  return {
    // Lines that come before anybody asks for them are kept only by the iterator.
    lines: createInterface({
      input: process.stdin,
      ...(isWatched && { output: process.stdout, prompt: "" }),
    })[Symbol.asyncIterator](),
    echoes: isWatched,
    write: (line) => console.log(line),
  };
}

if (import.meta.main) {
  const { parts } = await import("../../main.ts");
  Deno.exit(await runTalk(Deno.args, parts));
}
