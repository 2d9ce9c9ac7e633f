import type { Logger } from "@logtape/logtape";
import type { Hono } from "hono";
import { Admission } from "./admission.ts";
import type { Agent } from "../agent_file.ts";
import { createApp } from "../app.ts";
import type { AppDeps } from "./app_deps.ts";
import { Background } from "./background.ts";
import { callerSalt } from "./caller_salt.ts";
import { CallerMemory } from "../call/caller_memory.ts";
import { Call } from "../call.ts";
import type { CallDependencies } from "../call/call_dependencies.ts";
import { CallEnds } from "./call_ends.ts";
import { CatchUp } from "./catch_up.ts";
import { startCaretaker } from "./caretaker.ts";
import type { Clock } from "../clock.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { CallStore } from "../contracts/call_record.ts";
import type { HangUp } from "../contracts/hand_over.ts";
import { CallBudget } from "../costs/call_budget.ts";
import type { Prices } from "../costs/prices.ts";
import { spendingOf } from "../costs/spending.ts";
import { EventLog } from "./event_log.ts";
import { fallbackOf } from "./fallback.ts";
import { createBesideWatch } from "../hand_over/beside_watch.ts";
import { bridgeHandOver } from "../hand_over/bridge_hand_over.ts";
import { dialDocument } from "../hand_over/dial_document.ts";
import { createProofIntake } from "../hand_over/platform_events.ts";
import { LiveEvents } from "./live_events.ts";
import { hashCaller } from "../outcomes/finish_call.ts";
import type { PlatformEvent } from "../platform/platform_event.ts";
import { createHangUp, type PlatformClient } from "../platform/rest_client.ts";
import { createMasker } from "../privacy/mask.ts";
import { Recordings } from "./recordings.ts";
import type { RecoveryDeps } from "./recovery.ts";
import type { Settings } from "../settings.ts";
import { Sockets } from "./sockets.ts";
import type { Owners } from "../store/owners.ts";

/** What calls are made of, and what they share with other processes. */
export interface SwitchboardOptions extends
  Pick<
    CallDependencies,
    "engines" | "engineNames" | "catalog" | "backend" | "knowledge" | "topicOf"
  > {
  settings: Settings;
  agent: Agent;
  tokenSecret: string;
  store: CallStore & Owners;
  /** Absent without an API key. */
  client?: PlatformClient;
  /** Absent without a price file; then nothing is known of costs, and no budget is kept. */
  prices?: Prices;
  clock: Clock;
  log: Logger;
  /** Tells when a call could only fail, so that it goes to a person at once. */
  enginesAreDown?(): boolean;
  /** Gets things ready for a call that has just begun; the call doesn't wait for it. */
  onAnswer?(): Promise<void>;
  /** Makes a request into a socket. @default Deno's own way */
  upgrade?: AppDeps["upgrade"];
  /** Told of everything that happens in every call. */
  onEvent?(event: CallEvent): void;
}

/** Everything between the platform and the calls of this process. */
export interface Switchboard {
  app: Hono;
  deps: AppDeps;
  /** Ends every call politely; asked again, those that are left at once. */
  endCalls(): Promise<void>;
  /** All calls are over: nothing that comes after a call is waited for any more. */
  end(): void;
  /** Writes what waits, and leaves the other processes. */
  close(): Promise<void>;
}

/**
 * Puts the calls of one process together with what looks after them.
 *
 * @throws {AgentFileError} when the agent file asks for a hand-over that can't be had
 */
export async function openSwitchboard(options: SwitchboardOptions): Promise<Switchboard> {
  const { settings, agent, tokenSecret, store, client, clock, log } = options;
  const ownerId = crypto.randomUUID();
  const note = {
    info: (message: string) => log.info(message),
    warn: (message: string) => log.warn(message),
  };
  const onError = (error: unknown) => log.error("work failed: {error}", { error });
  const mask = createMasker(agent.privacy.mask);
  const salt = callerSalt(tokenSecret);
  const { days } = agent.memory;
  const memory = agent.memory.enabled ? new CallerMemory({ store, clock, salt, days }) : undefined;
  const recordings = new Recordings(
    `${settings.dataDir}/recordings`,
    agent.privacy.retentionDays,
    onError,
  );
  const background = new Background(onError);
  const hangUp = client && endingHangUp(createHangUp(client, note), store, clock);
  const ending = new AbortController();
  const watchBeside = client && hangUp &&
    createBesideWatch({ client, store, clock, hangUp, ending: ending.signal, onError });
  const { handOver, promises, relay } = bridgeHandOver({
    ...options,
    log: note,
    hangUp,
    watchBeside,
    callerId: settings.callerId,
    publicUrl: settings.publicUrl,
    teamSecret: settings.teamSecret,
    mask,
  });
  const fallback = fallbackOf(agent, clock);
  const care: RecoveryDeps = {
    store,
    clock,
    log: note,
    promises,
    ownerId,
    person: fallback.person,
    hangUp,
    watchBeside,
    onEnded: (callId) => void background.run(() => ends.platformEnded(callId)),
  };
  const ends: CallEnds = new CallEnds({
    ...care,
    salt,
    client,
    ending: ending.signal,
  });

  const liveEvents = new LiveEvents();
  const events = new EventLog(store, clock, (error) => {
    log.error("events were not written: {error}", { error });
  });
  const sockets = new Sockets(clock);
  const calls = new Set<Call>();
  const tell = (event: CallEvent) => {
    liveEvents.publish(event);
    events.publish(event);
    options.onEvent?.(event);
  };
  /** The last event waits for the outcome, which is decided from all that were written before. */
  const tellEnd = async (event: CallEvent & { type: "ended" }) => {
    await events.flush();
    tell(
      await ends.agentEnded(event).catch((error) => {
        onError(error);
        return event;
      }),
    );
    await memory?.keep(event.callId);
  };
  const budgetOf = (callerNumber: string | undefined) => {
    if (!options.prices) return undefined;
    const caller = callerNumber && hashCaller(callerNumber, salt);
    return new CallBudget({
      prices: options.prices,
      budget: agent.budget,
      spending: spendingOf(store, clock, agent.hours?.timeZone ?? "Africa/Nairobi", caller),
      background: (work) => background.run(work),
    });
  };
  const { timeoutMs: ringMs } = agent.handOver;
  const proof = createProofIntake({ store, clock, ringMs, hangUp, client });

  const deps: AppDeps = {
    settings,
    tokenSecret,
    ownerId,
    store,
    answer(facts, line) {
      const recording = agent.recording.enabled ? recordings.record(facts.callId) : undefined;
      const call = new Call(facts, recording?.line(line) ?? line, {
        ...options,
        recall: memory && ((number) => memory.recall(number)),
        onConsent: () => recording?.begin(),
        handOver,
        hangUp: hangUp ?? (() => Promise.resolve(false)),
        mask,
        budget: budgetOf(facts.callerNumber),
        publish(event) {
          if (event.type !== "ended") return tell(event);
          calls.delete(call);
          if (recording) background.run(() => recording.close());
          if (!background.run(() => tellEnd(event))) tell(event);
        },
      });
      calls.add(call);
      background.run(async () => await options.onAnswer?.());
      background.run(() => recordings.tidy(clock.wallMs()));
      return recording?.listener(call) ?? call;
    },
    upgrade: options.upgrade,
    fallback,
    handOverDocument: dialDocument,
    relay,
    onOffered: (callId) => void background.run(() => ends.offered(callId)),
    onRelayed: (callId) => void background.run(() => ends.relayed(callId)),
    async onPlatformEvent(event) {
      await proof(event);
      seeToEnd(event, ends, background);
    },
    onLineGone: (callId) => void background.run(() => ends.lineGone(callId)),
    admission: new Admission({ maxCalls: settings.maxCalls }, {
      clock,
      openCalls: () => sockets.count,
      rssBytes: () => Deno.memoryUsage().rss,
      enginesAreDown: options.enginesAreDown,
    }),
    sockets,
    liveEvents,
    background,
    mask,
    clock,
    log,
  };
  const catchUp = new CatchUp({ ...care, salt, client });
  const stopCare = await startCaretaker({
    ...care,
    onError,
    sweep: () => ends.sweep((callId) => sockets.has(callId)),
    catchUp: () => catchUp.look(),
  });
  return {
    app: createApp(deps),
    deps,
    endCalls: async () => {
      await Promise.all([...calls].map((call) => call.end("shutdown")));
    },
    end: () => ending.abort(),
    async close() {
      await events.flush();
      await stopCare();
    },
  };
}

/** A call that we have ended is over, whether or not the platform says so as well. */
function endingHangUp(hangUp: HangUp, store: CallStore, clock: Clock): HangUp {
  return async (callId) => {
    const done = await hangUp(callId);
    if (done) {
      await store.update(
        callId,
        (record) =>
          record.stage === "ended"
            ? undefined
            : { ...record, stage: "ended", endedMs: clock.wallMs() },
      );
    }
    return done;
  };
}

function seeToEnd(event: PlatformEvent, ends: CallEnds, background: Background): void {
  const { kind, callId } = event;
  if (callId === undefined) return;
  if (kind === "call_completed" || kind === "call_failed") {
    background.run(() => ends.platformEnded(callId));
  } else if (kind === "stream_error" || kind === "stream_stopped") {
    background.run(() => ends.lineGone(callId));
  }
}
