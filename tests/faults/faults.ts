import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { BridgeWorld } from "../bridge_world.ts";
import type { Fault } from "./support_call.ts";

/** The undisturbed call lasts about this long. */
const CALL_MS = 30_000;
const KILLS = 20;
const DROPS = 10;
/** What a process takes to be started again by its supervisor. */
const RESTART_MS = 800;
const ERRORS: [ContentfulStatusCode, string][] = [
  [400, "validation.failed"],
  [401, "api_key.invalid"],
  [402, "wallet.insufficient_funds"],
  [403, "api_key.scope_denied"],
  [404, "calls.not_found"],
  [409, "calls.supervision_in_progress"],
  [422, "validation.failed"],
  [429, "rate_limited"],
  [500, "internal"],
  [502, "bad_gateway"],
  [503, "unavailable"],
];

/** Every fault of the matrix that needs no real process. */
export function faults(): Fault[] {
  return [
    { name: "nothing" },
    { name: "store down for the whole call", strike: (world) => world.storeDown = true },
    {
      name: "store down for 8 s",
      strike(world, random) {
        after(world, random() * CALL_MS, () => world.storeDown = true);
        after(world, random() * CALL_MS + 8_000, () => world.storeDown = false);
      },
    },
    { name: "API can't be reached", strike: (world) => world.apiDown = true },
    { name: "API answers after 3 s", api: () => ({ delayMs: 3_000 }) },
    { name: "API never answers", api: () => "silent" },
    ...ERRORS.map(([status, code]): Fault => ({
      name: `API answers ${status}`,
      api: () => ({ status, code }),
    })),
    { name: "events come twice", quirks: { duplicateEvents: true, firstCallbacks: 2 } },
    { name: "events come in the wrong order", quirks: { swapEvents: true } },
    {
      name: "events in the wrong shape, twice and swapped, first callback Completed",
      quirks: {
        duplicateEvents: true,
        swapEvents: true,
        eventShape: "envelope",
        firstState: "Completed",
      },
    },
    ...points(DROPS, (at, name): Fault => ({
      name: `socket dropped at ${name}`,
      strike: (world, random) => after(world, at(random()), () => world.dropSockets()),
    })),
    ...points(KILLS, (at, name): Fault => ({
      name: `a process of two dies at ${name}`,
      strike: (world, random) => after(world, at(random()), () => kill(world)),
    })),
    ...points(KILLS, (at, name): Fault => ({
      name: `the only process dies at ${name} and is started again`,
      processes: 1,
      strike: (world, random) =>
        after(world, at(random()), () => {
          kill(world);
          after(world, RESTART_MS, () => void world.start());
        }),
    })),
  ];
}

/** The process that has the call dies, or any when none has it. */
function kill(world: BridgeWorld): void {
  const alive = world.processes.filter((process) => process.alive);
  (alive.find(({ sockets }) => sockets.size > 0) ?? alive[0]).kill();
}

/** Calls `make` for moments spread over a call; each seed strikes somewhere within its interval. */
function points<T>(count: number, make: (at: (part: number) => number, name: string) => T): T[] {
  return Array.from({ length: count }, (_, i) => {
    const ms = CALL_MS * i / count;
    return make((part) => ms + part * CALL_MS / count, `${(ms / 1000).toFixed(1)} s`);
  });
}

function after(world: BridgeWorld, ms: number, strike: () => void): void {
  world.clock.at(world.clock.now() + Math.round(ms), strike);
}
