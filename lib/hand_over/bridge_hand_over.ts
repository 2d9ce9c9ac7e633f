import { isOpen } from "../agent/hours.ts";
import { type Agent, AgentFileError } from "../agent_file.ts";
import type { Clock } from "../clock.ts";
import type { Backend } from "../contracts/backend.ts";
import type { CallStore } from "../contracts/call_record.ts";
import type { HandOver, HangUp } from "../contracts/hand_over.ts";
import { askPromptly } from "../platform/ask_promptly.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { makeBrief } from "./brief.ts";
import { createCallBack } from "./call_back.ts";
import { conferenceStrategy } from "./conference.ts";
import { createHandOver } from "./hand_over.ts";
import { nextCallbackStrategy } from "./next_callback.ts";
import { createPromises, type Promises } from "./promise.ts";
import { redirectStrategy } from "./redirect.ts";
import { Relay } from "./relay.ts";
import type { HandOverStrategy } from "./strategy.ts";
import { superviseStrategy } from "./supervision.ts";
import { createTeamWebhook } from "./team_webhook.ts";
import { twoLegStrategy } from "./two_leg.ts";

/** A hang-up that takes longer than this would leave more than five seconds of silence. */
const PROMPT_MS = 900;

export interface BridgeHandOverDeps {
  agent: Agent;
  store: CallStore;
  backend: Backend;
  clock: Clock;
  log: { info(message: string): void; warn(message: string): void };
  /** Absent without an API key; then only the platform's own edges can bring a person. */
  client?: PlatformClient;
  hangUp?: HangUp;
  watchBeside?(callId: string): void;
  /** The number shown to people, when the agent file names none. */
  callerId?: string;
  /** Where the platform reaches us, when it is known. */
  publicUrl?: string;
  /** Signs the links that people get. */
  tokenSecret: string;
  /** Signs what the team's webhook gets. */
  teamSecret?: string;
  mask(text: string): string;
}

/**
 * Puts together the hand-over of one bridge from what it is configured to have.
 *
 * @throws {AgentFileError} when the agent file asks for what can't be had
 */
export function bridgeHandOver(
  deps: BridgeHandOverDeps,
): { handOver: HandOver; promises: Promises; relay?: Relay } {
  const { agent, store, clock, log, client, hangUp } = deps;
  const { handOver: settings } = agent;
  const tellTeam = teamWebhook(deps);
  const promises = createPromises({ ...deps, tellTeam, callBack: callBack(deps) });
  const handOver = orRefuse("strategies", () =>
    createHandOver({
      store,
      clock,
      log,
      strategies: strategiesOf(deps),
      order: settings.strategies,
      promises,
      hangUp,
      watchBeside: deps.watchBeside,
      isReachable: client && ((callId) => answers(client, callId, clock)),
      target: settings.target,
      callerId: settings.callerId ?? deps.callerId,
      ringMs: settings.timeoutMs,
      maxLegs: settings.maxPeople,
      isOpen: (wallMs) => isOpen(agent.hours, wallMs),
      announce: tellTeam,
    }));
  return { handOver, promises, relay: relayOf(deps) };
}

/** Those that keep the line first; `conference` and `two_leg` are for callers who were led to the agent. */
function strategiesOf(deps: BridgeHandOverDeps): HandOverStrategy[] {
  const { store, clock, client, hangUp, publicUrl } = deps;
  const edges = { store, clock, client };
  const strategies: HandOverStrategy[] = [];
  if (client) strategies.push(superviseStrategy({ client, store, clock }));
  if (client && publicUrl) {
    const voiceUrl = `${publicUrl}/voice`;
    const whisper = whisperOf(deps);
    strategies.push(conferenceStrategy({ client, store, clock, voiceUrl, whisper }));
  }
  if (hangUp) strategies.push(twoLegStrategy({ ...edges, hangUp }));
  return [...strategies, nextCallbackStrategy(edges), redirectStrategy(edges)];
}

/** How callers come to the agent, when that has numbers of its own. */
function relayOf({ agent, store, clock, client, publicUrl }: BridgeHandOverDeps) {
  const { agentNumbers: numbers, strategies = ["two_leg"] } = agent.handOver;
  const led = strategies.find((name) => name === "two_leg" || name === "conference");
  if (!numbers) {
    if (!led || !agent.handOver.strategies) return undefined;
    throw unusable("strategies", `${led} needs agent_numbers, over which callers are led to it`);
  }
  if (!led) throw unusable("agent_numbers", "two_leg or conference must be in strategies");
  if (!client) {
    throw unusable("agent_numbers", "SAUTIKIT_API_KEY must be set to end one leg of two");
  }
  const way = led === "two_leg" ? "dial" : "room";
  return new Relay({
    store,
    clock,
    numbers,
    way,
    client,
    voiceUrl: publicUrl && `${publicUrl}/voice`,
  });
}

function teamWebhook({ agent, teamSecret, ...deps }: BridgeHandOverDeps) {
  const url = agent.handOver.teamWebhook;
  if (!url) return undefined;
  if (teamSecret) return createTeamWebhook({ ...deps, url, secret: teamSecret });
  throw unusable("team_webhook", "TEAM_WEBHOOK_SECRET must be set, so that the team can check it");
}

/** Only legs that we place can be spoken to before they are joined with the caller's. */
function whisperOf({ store, mask }: BridgeHandOverDeps): (callId: string) => Promise<string> {
  return async (callId) => {
    const record = await store.get(callId);
    const events = await Array.fromAsync(store.events(callId));
    return record ? makeBrief({ record, events, mask }).whisper : "";
  };
}

function callBack(deps: BridgeHandOverDeps) {
  const { agent, store, client, publicUrl } = deps;
  if (!agent.handOver.callBack) return undefined;
  if (client && publicUrl) {
    const { target } = agent.handOver;
    const voiceUrl = `${publicUrl}/voice`;
    return createCallBack({ client, store, target, voiceUrl, whisper: whisperOf(deps) });
  }
  throw unusable("call_back", "SAUTIKIT_API_KEY and PUBLIC_URL must be set to place calls");
}

/** Whether the platform's API answers in time: only it can end the silence on a released line. */
async function answers(client: PlatformClient, callId: string, clock: Clock): Promise<boolean> {
  return await askPromptly(clock, PROMPT_MS, (signal) => client.call(callId, signal)) !== undefined;
}

function orRefuse<T>(setting: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw unusable(setting, error.message);
    throw error;
  }
}

function unusable(setting: string, reason: string): AgentFileError {
  return new AgentFileError([`agent.yaml: hand_over.${setting}: ${reason}`]);
}
