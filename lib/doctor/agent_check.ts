import { AgentFileError, loadAgent } from "../agent_file.ts";
import type { Clock } from "../clock.ts";
import { KnowledgeError, loadKnowledge } from "../knowledge.ts";
import { type Finding, green, red, yellow } from "./finding.ts";
import { knowledgeDoubts } from "./knowledge_doubts.ts";

/** More doubts than these are not read. */
const SHOWN = 5;

/** Looks at what the team edits: the agent file. */
export async function checkAgent(agentDir: string): Promise<Finding> {
  try {
    const { name, company, languages } = await loadAgent(agentDir);
    return green(`${name} of ${company} speaks ${languages.join(", ")}`);
  } catch (error) {
    if (!(error instanceof AgentFileError)) throw error;
    return red(error.problems.join("; "), `correct ${agentDir}/agent.yaml`);
  }
}

/** Looks at what the agent may tell callers: whether it can be read, holds, and agrees with itself. */
export async function checkKnowledge(agentDir: string, clock: Clock): Promise<Finding> {
  try {
    // Read as if nothing had expired yet, so that what has expired is seen.
    const ageless = { ...clock, wallMs: () => 0 };
    const passages = (await loadKnowledge(`${agentDir}/knowledge`, { clock: ageless })).passages();
    const doubts = knowledgeDoubts(passages, clock.wallMs());
    if (doubts.length > 0) {
      const more = doubts.length > SHOWN ? `; and ${doubts.length - SHOWN} more` : "";
      return yellow(
        doubts.slice(0, SHOWN).join("; ") + more,
        "correct or remove these entries in knowledge/",
      );
    }
    if (passages.length > 0) return green(`${passages.length} entries, none stale`);
    return yellow(
      `${agentDir}/knowledge has no entries, so the agent can answer nothing about the company`,
      "write what callers ask as Markdown files there",
    );
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return red(error.problems.join("; "), `correct the files in ${agentDir}/knowledge`);
  }
}
