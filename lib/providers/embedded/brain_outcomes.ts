import type { ToolOutcome } from "../../contracts/llm.ts";
import { type BrainMemory, type Intended, notesOf } from "./brain_memory.ts";
import { type Move, offerPerson } from "./brain_move.ts";
import type { Scope } from "./brain_scope.ts";

/** The tool by which a caller shows who they are, and its parameter. */
const VERIFY = { tool: "verify_caller", field: "account_number" };

/** Tells what the tools found, and goes on with what waited for them. */
export function tellOutcomes(scope: Scope, results: ToolOutcome[]): Move {
  const { texts } = scope;
  const before = scope.request.messages.findLast(({ role }) => role === "agent");
  const resume = notesOf(before)?.resume;
  const say = results
    .map((outcome) => outcome.say ?? (outcome.ok ? "" : texts.noFact))
    .filter(Boolean).join(" ") || texts.noFact;
  const last = results.at(-1);
  if (!last) return offerPerson(say);
  const verified = results.some(({ data }) => data.verified === true);
  if (verified && resume && scope.offers(resume.tool)) return { say, calls: [resume] };

  const call = before?.role === "agent" && before.toolCalls?.find(({ id }) => id === last.id);
  const own: Intended = { tool: last.name, args: call ? call.args : {} };
  const { data, expect } = last;
  const asking = (intended: Intended, field: string, rest: BrainMemory = {}): Move =>
    scope.offers(intended.tool)
      ? { say, expect, memory: { ...rest, asked: { for: "slot", intended, field, tries: 0 } } }
      : offerPerson(texts.noFact);
  const verify = { tool: VERIFY.tool, args: {} };
  if (data.needsIdentity) return asking(verify, VERIFY.field, { resume: own });
  if (data.triesLeft === true) return asking(verify, VERIFY.field, { resume });
  if (typeof data.missing === "string") return asking(own, data.missing, { resume });
  const offersPerson = data.offersPerson === true || (last.say === undefined && !last.ok);
  return { say, expect, memory: offersPerson ? { asked: { for: "person" } } : {} };
}
