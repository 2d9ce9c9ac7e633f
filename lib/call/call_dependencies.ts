import type { Agent } from "../agent/agent.ts";
import type { PastCall } from "./caller_memory.ts";
import type { Clock } from "../clock.ts";
import type { Backend } from "../contracts/backend.ts";
import type { CallEvent, Stage } from "../contracts/call_event.ts";
import type { CallBudget } from "../costs/call_budget.ts";
import type { Engine } from "../engines/engine.ts";
import type { Watch } from "../engines/provider.ts";
import type { HandOver, HangUp } from "../contracts/hand_over.ts";
import type { Knowledge } from "../knowledge.ts";
import type { ToolCatalog } from "../actions/tool_catalog.ts";

/** Everything a call needs from the rest of the bridge. */
export interface CallDependencies {
  agent: Agent;
  /** The engines of one call, which tell it of every fault and fallback. */
  engines(watch: Watch): Pick<Engine, Stage>;
  /** Names of the first choices, for the record. */
  engineNames: Record<Stage, string>;
  catalog: ToolCatalog;
  backend: Backend;
  handOver: HandOver;
  hangUp: HangUp;
  /** Notices that callers of an area must hear first. */
  knowledge?: Pick<Knowledge, "notices">;
  /** What is remembered of a caller, where callers are remembered. */
  recall?(callerNumber: string): Promise<PastCall | undefined>;
  /** Names what a call was about: "your bill". */
  topicOf?(intent: string, language: string): string | undefined;
  /** Told when the caller has heard that the call is recorded. */
  onConsent?(): void;
  /** What the call costs and may cost; absent without prices. */
  budget?: CallBudget;
  /** Masks numbers and the like in everything that is written down. */
  mask(text: string): string;
  clock: Clock;
  publish(event: CallEvent): void;
}
