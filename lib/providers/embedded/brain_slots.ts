import type { Message } from "../../contracts/llm.ts";
import { isNo } from "../../languages/answers.ts";
import type { BrainMemory, Intended } from "./brain_memory.ts";
import { type Move, offerPerson } from "./brain_move.ts";
import type { Scope } from "./brain_scope.ts";
import type { Intent } from "./intents.ts";
import { slotsOfTool, slotValue } from "./tool_slots.ts";

/** Times that a missing value is asked for before a person is offered. */
const MAX_SLOT_TRIES = 2;

type Texts = Readonly<Record<string, string | undefined>>;
type Caller = Extract<Message, { role: "caller" }>;

/** Calls a tool with what the caller has already said, or asks for what is missing. */
export function startTool(scope: Scope, { tool, slots }: Intent, text: string): Move {
  const args: Record<string, unknown> = {};
  for (const slot of slots) {
    // Free words are asked for: the request itself does not hold them.
    const value = slot.kind === "words" ? undefined : slotValue(tool, slot, text, scope);
    if (value !== undefined) args[slot.field] = value;
  }
  return proceed(scope, { tool: tool.name, args });
}

function proceed(scope: Scope, intended: Intended, memory: BrainMemory = {}): Move {
  const missing = slotsOfTool(scope.tools.get(intended.tool)!)
    .find(({ field, required }) => required && !(field in intended.args));
  if (missing) return askForSlot(scope, intended, missing.field, 0, memory);
  return { calls: [intended], memory: { resume: memory.resume } };
}

/** Asks for a value; the second time it says how. */
export function askForSlot(
  { tools, texts }: Scope,
  intended: Intended,
  field: string,
  tries: number,
  memory: BrainMemory,
): Move {
  const slot = slotsOfTool(tools.get(intended.tool)!).find((one) => one.field === field)!;
  const kind = slot.kind === "area" ? "area" : slot.expect;
  const ask: Texts = texts.ask;
  const askAgain: Texts = texts.askAgain;
  const first = ask[kind] ?? texts.ask.free;
  const again = askAgain[kind] ?? ask[kind] ?? texts.askAgain.free;
  return {
    say: tries > 0 || memory.unclear ? again : first,
    expect: slot.expect,
    memory: { ...memory, asked: { for: "slot", intended, field, tries } },
  };
}

/** Takes the caller's words as the value that was asked for, unless they mean something else. */
export function fillSlot(
  scope: Scope,
  { text }: Caller,
  memory: BrainMemory,
  { cancelled, understand }: { cancelled: boolean; understand(): Move | undefined },
): Move | undefined {
  if (memory.asked?.for !== "slot") return undefined;
  const { intended, field, tries } = memory.asked;
  const tool = scope.tools.get(intended.tool);
  const slot = tool && slotsOfTool(tool).find((one) => one.field === field);
  if (!tool || !slot || !scope.offers(tool.name)) return undefined;
  if (cancelled || isNo(text)) return offerPerson(scope.texts.dropped);
  const elsewhere = slot.kind === "digits" && otherRequest(scope, tool.name, text);
  if (elsewhere) return startTool(scope, elsewhere, text);
  const value = slotValue(tool, slot, text, scope);
  if (value !== undefined) {
    const args = { ...intended.args, [field]: value };
    return proceed(scope, { tool: tool.name, args }, { resume: memory.resume });
  }
  const other = understand();
  if (other) return other;
  if (tries + 1 >= MAX_SLOT_TRIES) return offerPerson(scope.texts.stillUnclear);
  return askForSlot(scope, intended, field, tries + 1, memory);
}

/** A request for another tool that brings its own number: "where is order 7315?". */
function otherRequest(scope: Scope, waiting: string, text: string): Intent | undefined {
  const [best] = scope.intents.match(text, scope.language);
  if (!best || best.intent.tool.name === waiting || !scope.offers(best.intent.tool.name)) {
    return undefined;
  }
  const { tool, slots } = best.intent;
  const hasOwnNumber = slots.some((slot) =>
    slot.required && slot.kind === "digits" && slotValue(tool, slot, text, scope) !== undefined
  );
  return hasOwnNumber ? best.intent : undefined;
}
