import { getLogger } from "@logtape/logtape";
import { parseAgent } from "../lib/agent_file.ts";
import { FRAME_MS } from "../lib/audio/pcm.ts";
import { createSampleCompany } from "../lib/backends/sample_company.ts";
import type { Clock } from "../lib/clock.ts";
import type { Backend } from "../lib/contracts/backend.ts";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import type { CallRecord, CallStore } from "../lib/contracts/call_record.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { createPlatformClient } from "../lib/platform/rest_client.ts";
import { readSettings } from "../lib/settings.ts";
import { Caller } from "../lib/simulator/caller.ts";
import type { PreparedLine } from "../lib/simulator/caller_lines.ts";
import type { ExchangeCall } from "../lib/simulator/exchange.ts";
import type { LegPlan } from "../lib/simulator/leg_services.ts";
import {
  type PlatformOptions,
  type SimulatedPlatform,
  startPlatform,
} from "../lib/simulator/platform.ts";
import { openStore } from "../lib/store/kv_store.ts";
import type { Owners } from "../lib/store/owners.ts";
import { ResilientStore } from "../lib/store/resilient_store.ts";
import { openSwitchboard, type Switchboard } from "../lib/server/switchboard.ts";
import { createToolCatalog } from "../lib/actions/tool_catalog.ts";
import { FakeClock } from "./fake_clock.ts";
import { LINGER_MS, QuietWatch } from "./quiet_watch.ts";
import { SocketPair } from "./socket_pair.ts";
import { InFlight } from "./store_in_flight.ts";
import { syntheticSpeech } from "./synthetic_speech.ts";

export const PERSON = "+254700000100";
export const BRIDGE_URL = "http://bridge.test";
const CALLER = "+254700000001";
const LINE = "+254709900100";

const AGENT = `
name: Amani
company: Upepo Fibre
languages: [en]
greeting: { en: "Hello, how can I help?" }
hand_over: { number: "${PERSON}" }
`;

export interface BridgeWorldOptions {
  /** Processes that serve the line, behind a round-robin proxy. @default 1 */
  processes?: number;
  agentYaml?: string;
  engine: (world: BridgeWorld) => Engine;
  tools?: Tool[];
  backend?: (clock: Clock) => Partial<Backend>;
  platform?: Partial<PlatformOptions>;
  /** @default true */
  apiKey?: boolean;
}

/** What a caller went through on their phone. */
export interface PhoneCall {
  call: ExchangeCall;
  readonly longestSilenceMs: number;
}

/**
 * The whole bridge and the whole simulated platform on a clock that tests move: one or more bridge
 * processes that share a store, requests and sockets that never leave this process.
 */
export class BridgeWorld {
  readonly clock = new FakeClock();
  readonly inFlight = new InFlight();
  readonly platform: SimulatedPlatform;
  readonly processes: BridgeProcess[] = [];
  readonly events: CallEvent[] = [];
  readonly phones: PhoneCall[] = [];
  readonly backend: Backend;
  store!: CallStore & Owners;
  storeDown = false;
  /** The platform's API can't be reached. */
  apiDown = false;
  /** Sockets that the platform opens get nowhere, and it says nothing of it. */
  socketsHang = false;
  #next = 0;
  /** The line that a caller spoke last, for engines that hear by heart. */
  saidLast = "";

  constructor(readonly options: BridgeWorldOptions) {
    this.platform = startPlatform({
      clock: this.clock,
      speak: (text) => Promise.resolve(syntheticSpeech(text.length * 70)),
      ...options.platform,
      inProcess: {
        fetch: (url, init) => abortable(this.#fetch(new Request(url, init)), init?.signal),
        openSocket: (url) => this.#openSocket(url),
      },
    });
    this.backend = {
      ...createSampleCompany(this.clock),
      ...options.backend?.(this.clock),
    };
  }

  static async open(options: BridgeWorldOptions): Promise<BridgeWorld> {
    const world = new BridgeWorld(options);
    world.store = world.inFlight.watch(await openStore({ clock: world.clock, path: ":memory:" }));
    for (let i = 0; i < (options.processes ?? 1); i++) await world.start();
    return world;
  }

  /** Starts one more bridge process. */
  async start(): Promise<BridgeProcess> {
    const process = new BridgeProcess(this);
    this.processes.push(process);
    const opened = process.open();
    await this.inFlight.idle();
    await opened;
    return process;
  }

  /** Lets a caller ring the line. */
  ring(lines: PreparedLine[], plan: Partial<LegPlan> = {}): PhoneCall {
    const quiet: QuietWatch = new QuietWatch(this.clock, () => phone.call?.leg, (text) => {
      this.saidLast = text;
    });
    const phone = {
      get longestSilenceMs() {
        return quiet.longestMs;
      },
    } as PhoneCall;
    this.phones.push(phone);
    phone.call = this.platform.exchange.ring({
      callerNumber: CALLER,
      dialledNumber: LINE,
      direction: "Inbound",
      voiceUrl: `${BRIDGE_URL}/voice`,
      eventsUrl: `${BRIDGE_URL}/events`,
      party: new Caller({ lines, lingerMs: LINGER_MS }),
      ...plan,
    }, quiet);
    return phone;
  }

  async advance(ms: number): Promise<void> {
    await this.inFlight.advance(this.clock, ms, FRAME_MS);
  }

  /** Lets time go on until `holds`. */
  async until(holds: () => boolean, limitMs = 60_000): Promise<void> {
    for (let t = 0; !holds(); t += FRAME_MS) {
      if (t >= limitMs) throw new Error(`Not within ${limitMs} ms:\n${this.story()}`);
      await this.advance(FRAME_MS);
    }
  }

  /** Breaks every socket, as a lost route does. */
  dropSockets(): void {
    for (const { sockets } of this.processes) for (const pair of sockets) pair.drop();
  }

  async record({ call }: PhoneCall): Promise<CallRecord | undefined> {
    return await this.store.get(call.plan.callId);
  }

  /** What happened, for people. */
  story(): string {
    const lines: [number, string, object][] = [];
    for (const { call } of this.phones) {
      const rangMs = call.startedWallMs - this.clock.startWallMs;
      for (const { atMs, type, ...rest } of call.leg.log) {
        lines.push([rangMs + atMs, `phone ${type}`, rest]);
      }
    }
    for (const { type, wallMs, callId: _, seq: _s, atMs: _a, ...rest } of this.events) {
      lines.push([wallMs - this.clock.startWallMs, `bridge ${type}`, rest]);
    }
    return lines.sort((a, b) => a[0] - b[0])
      .map(([atMs, what, rest]) => `${atMs} ${what} ${JSON.stringify(rest)}`).join("\n");
  }

  /** Ends everything, so that nothing is left of it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = this.platform.close();
    await this.advance(3_000);
    await closed;
    for (const process of this.processes) {
      const ended = process.close();
      await this.advance(1_000);
      await ended;
    }
    await this.inFlight.idle();
    this.store.close();
  }

  /** The process that the proxy sends the next request to. */
  #pick(): BridgeProcess {
    const alive = this.processes.filter((process) => process.alive);
    if (alive.length === 0) throw new TypeError("connection refused");
    return alive[this.#next++ % alive.length];
  }

  async #fetch(request: Request): Promise<Response> {
    return await this.#pick().fetch(request);
  }

  async #take(url: string, pair: SocketPair): Promise<boolean> {
    return await this.#pick().takeSocket(url, pair);
  }

  #openSocket(url: string): WebSocket {
    const pair = new SocketPair();
    if (this.socketsHang) return pair.client;
    const refuse = () => pair.drop();
    this.#take(url, pair).then((isTaken) => isTaken || refuse(), refuse);
    return pair.client;
  }
}

/** One bridge process, which can be killed as `kill -9` does it. */
export class BridgeProcess {
  alive = true;
  readonly sockets = new Set<SocketPair>();
  switchboard!: Switchboard;
  readonly #upgrades = new WeakMap<Request, SocketPair>();
  readonly #death = Promise.withResolvers<never>();
  #store!: ResilientStore;

  constructor(readonly world: BridgeWorld) {
    this.#death.promise.catch(() => {});
  }

  async open(): Promise<void> {
    const { world } = this;
    const clock = this.#mortal(world.clock);
    const { options } = world;
    const api = (input: string | URL | Request, init?: RequestInit) =>
      this.#whileAlive(() =>
        world.apiDown
          ? Promise.reject(new TypeError("connection refused"))
          : abortable(world.platform.api.fetch(new Request(input, init)), init?.signal)
      );
    this.#store = new ResilientStore({
      open: () => Promise.resolve(this.#sharedStore()),
      clock,
      log: { info() {}, warn() {} },
    });
    await this.#store.start();
    const agent = parseAgent(options.agentYaml ?? AGENT);
    const engine = options.engine(world);
    this.switchboard = await openSwitchboard({
      settings: readSettings({ PUBLIC_URL: BRIDGE_URL }),
      agent,
      tokenSecret: "a-token-secret-that-is-long-enough-for-tests",
      store: this.#store,
      client: options.apiKey === false ? undefined : createPlatformClient({
        apiKey: "simulated-key",
        baseUrl: world.platform.api.url,
        clock,
        fetch: api,
      }),
      clock,
      log: getLogger("pokea"),
      engines: () => engine,
      engineNames: { stt: "fake", llm: "fake", tts: "fake" },
      catalog: createToolCatalog(options.tools ?? []),
      backend: this.#mortalBackend(),
      upgrade: (request) => {
        const pair = this.#upgrades.get(request)!;
        this.sockets.add(pair);
        return { socket: pair.accept("audio.drachtio.org"), response: new Response() };
      },
      onEvent: (event) => {
        if (this.alive) world.events.push(event);
      },
    });
  }

  /** The process is gone in this moment: nothing that it meant to do happens. */
  kill(): void {
    this.alive = false;
    this.#death.reject(new TypeError("connection reset"));
    for (const pair of this.sockets) pair.dropServer();
  }

  async close(): Promise<void> {
    if (!this.alive) return;
    const { deps } = this.switchboard;
    deps.sockets.closeAll("the bridge is going down");
    deps.admission.stop();
    this.switchboard.end();
    await deps.background.idle();
    await this.switchboard.close();
    this.alive = false;
    this.#store.close();
  }

  fetch(request: Request): Promise<Response> {
    return this.#whileAlive(async () => await this.switchboard.app.fetch(request));
  }

  /** True when the bridge took the socket. */
  async takeSocket(url: string, pair: SocketPair): Promise<boolean> {
    const request = new Request(url.replace(/^ws/, "http"), {
      headers: { upgrade: "websocket", "sec-websocket-protocol": "audio.drachtio.org" },
    });
    this.#upgrades.set(request, pair);
    const { status } = await this.fetch(request);
    return status === 200 && this.sockets.has(pair);
  }

  /** What is asked of a process that dies is never answered. */
  #whileAlive<T>(work: () => Promise<T>): Promise<T> {
    if (!this.alive) return new Promise(() => {});
    return Promise.race([work(), this.#death.promise]);
  }

  #mortal(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      wallMs: () => clock.wallMs(),
      at: (atMs, task) => clock.at(atMs, () => this.alive && task()),
      until: (atMs, signal) =>
        clock.until(atMs, signal).then(() => this.alive ? undefined : new Promise(() => {})),
    };
  }

  #sharedStore(): CallStore & Owners {
    const { world } = this;
    return new Proxy(world.store, {
      get: (store, name) => {
        if (name === "close") return () => {};
        const method = Reflect.get(store, name);
        if (typeof method !== "function") return method;
        return (...args: unknown[]) => {
          const isList = name === "events" || name === "list";
          if (!this.alive) return isList ? (async function* () {})() : new Promise(() => {});
          if (world.storeDown) return isList ? failing() : Promise.reject(STORE_DOWN);
          return method.apply(store, args);
        };
      },
    });
  }

  #mortalBackend(): Backend {
    return new Proxy(this.world.backend, {
      get: (backend, name) => (...args: unknown[]) =>
        this.#whileAlive(async () =>
          await (Reflect.get(backend, name) as (...args: unknown[]) => unknown)(...args)
        ),
    });
  }
}

/** Rejects with the signal's reason as `fetch` does, also while nothing answers. */
async function abortable<T>(work: T | Promise<T>, signal?: AbortSignal | null): Promise<T> {
  if (!signal) return await work;
  return await new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    Promise.resolve(work).then(resolve, reject);
  });
}

const STORE_DOWN = new Error("the store is down");

// deno-lint-ignore require-yield -- it has nothing to give
async function* failing(): AsyncGenerator<never> {
  await Promise.resolve();
  throw STORE_DOWN;
}

/** A line that the caller says when the agent is silent. */
export function saying(text: string, ms = 1_200): PreparedLine {
  return {
    text,
    start: { when: "agent is silent" },
    steps: [{ samples: syntheticSpeech(ms, { levelDbfs: -22 }) }],
  };
}

export function pressing(keys: string): PreparedLine {
  return { text: `[${keys}]`, start: { when: "agent is silent" }, steps: [{ keys }] };
}
