import { isOpen } from "../agent/hours.ts";
import type { Agent } from "../agent_file.ts";
import type { Clock } from "../clock.ts";
import type { Backend } from "../contracts/backend.ts";
import type { CallStore } from "../contracts/call_record.ts";
import type { HandOver, HangUp } from "../contracts/hand_over.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { conferenceStrategy } from "./conference.ts";
import { createHandOver } from "./hand_over.ts";
import { nextCallbackStrategy } from "./next_callback.ts";
import { createPromises, type Promises } from "./promise.ts";
import { redirectStrategy } from "./redirect.ts";
import type { HandOverStrategy } from "./strategy.ts";
import { superviseStrategy } from "./supervision.ts";
import { twoLegStrategy } from "./two_leg.ts";

/** People on the phone at once, when nothing else is said. */
const MAX_LEGS = 20;

export interface BridgeHandOverDeps {
  agent: Agent;
  store: CallStore;
  backend: Backend;
  clock: Clock;
  log: { info(message: string): void; warn(message: string): void };
  /** Absent without an API key; then only the platform's own edges can bring a person. */
  client?: PlatformClient;
  hangUp?: HangUp;
  /** The number shown to people, when the agent file names none. */
  callerId?: string;
  /** Where the platform reaches us, when it is known. */
  publicUrl?: string;
}

/** Puts together the hand-over of one bridge from what it is configured to have. */
export function bridgeHandOver(
  deps: BridgeHandOverDeps,
): { handOver: HandOver; promises: Promises } {
  const { agent, store, backend, clock, log, client, hangUp, publicUrl } = deps;
  const promises = createPromises({ store, clock, log, backend });
  const edges = { store, clock, client };
  const strategies: HandOverStrategy[] = [nextCallbackStrategy(edges), redirectStrategy(edges)];
  if (client) strategies.unshift(superviseStrategy({ client, store, clock }));
  if (client && publicUrl) {
    strategies.push(conferenceStrategy({ client, store, clock, voiceUrl: `${publicUrl}/voice` }));
  }
  if (hangUp) strategies.push(twoLegStrategy({ ...edges, hangUp }));
  const known = strategies.map(({ name }) => name);
  const handOver = createHandOver({
    store,
    clock,
    log,
    strategies,
    order: agent.handOver.strategies?.filter((name) => known.includes(name)),
    promises,
    hangUp,
    target: agent.handOver.target,
    callerId: agent.handOver.callerId ?? deps.callerId,
    ringMs: agent.handOver.timeoutMs,
    maxLegs: MAX_LEGS,
    isOpen: (wallMs) => isOpen(agent.hours, wallMs),
  });
  return { handOver, promises };
}
