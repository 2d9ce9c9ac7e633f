import { parseArgs } from "node:util";
import { systemClock } from "../clock.ts";
import { loadEnv } from "../settings/env.ts";
import { PlatformError } from "../platform/platform_error.ts";
import { createPlatformClient, type PlatformClient } from "../platform/rest_client.ts";
import { readSettings } from "../settings.ts";
import { SettingsError } from "../settings/setting_reader.ts";

const HELP = `Sets up phone numbers at SautiKit. Needs SAUTIKIT_API_KEY.

Usage: deno task number list
       deno task number available [--country KE] [--currency KES]
       deno task number claim NUMBER [--country KE] [--currency KES] [--yes]
       deno task number route NUMBER [--url https://bridge.example] [--yes]

  list       our numbers, and where their calls go
  available  numbers that can be rented, with their price
  claim      rents a number: shows the price and the balance, and asks before it spends
  route      sends a number's calls to URL/voice and its events to URL/events (PUBLIC_URL)
  --yes      does not ask

Ends with 0, 1 when it was refused or failed, 2 when the command can't be understood.`;

/** What somebody typed can't be used. */
class UsageError extends Error {}

export interface Terminal {
  print(text: string): void;
  complain(text: string): void;
  /** Puts a yes-or-no question; false when nobody is there to answer. */
  ask(question: string): boolean;
}

const terminal: Terminal = {
  print: console.log,
  complain: console.error,
  ask: (question) => Deno.stdin.isTerminal() && confirm(question),
};

interface Options {
  number?: string;
  country: string;
  currency: string;
  url?: string;
  yes: boolean;
}

type Action = (client: PlatformClient, options: Options, terminal: Terminal) => Promise<boolean>;

const ACTIONS: Record<string, Action> = { list, available, claim, route };

/** Runs `deno task number` and resolves with its exit code. */
export async function runNumber(args: string[], on: Terminal = terminal): Promise<number> {
  try {
    const { action, options } = read(args);
    if (!action) {
      on.print(HELP);
      return 0;
    }
    const { sautikit, publicUrl } = readSettings(loadEnv());
    if (!sautikit.apiKey) {
      throw new UsageError("Cannot ask SautiKit: SAUTIKIT_API_KEY must be set to a key of yours");
    }
    const { apiKey, baseUrl } = sautikit;
    const client = createPlatformClient({ apiKey, baseUrl, clock: systemClock, limitMs: 20_000 });
    return await action(client, { ...options, url: options.url ?? publicUrl }, on) ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) {
      on.complain(`${error.message}\nTry deno task number --help`);
      return 2;
    }
    const known = error instanceof PlatformError || error instanceof SettingsError ||
      error instanceof RangeError;
    if (!known) throw error;
    on.complain(error.message);
    return 1;
  }
}

function read(args: string[]): { action?: Action; options: Options } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        country: { type: "string", default: "KE" },
        currency: { type: "string", default: "KES" },
        url: { type: "string" },
        yes: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { help, ...options } = values;
    const [name, number, ...more] = positionals;
    if (help) return { options };
    const needsNumber = name === "claim" || name === "route";
    if (!Object.hasOwn(ACTIONS, name ?? "") || more.length > 0 || (!!number !== needsNumber)) {
      throw new Error(
        `it must be ${Object.keys(ACTIONS).join(", ")}, with a number for the last two`,
      );
    }
    return { action: ACTIONS[name], options: { ...options, number } };
  } catch (error) {
    throw new UsageError(`Cannot understand the command: ${(error as Error).message}`);
  }
}

async function list(client: PlatformClient, _options: Options, { print }: Terminal) {
  const numbers = await client.numbers();
  if (numbers.length === 0) print("No numbers yet: deno task number available");
  for (const { e164, status, voiceUrl, eventsUrl } of numbers) {
    print(
      `${e164}  ${status ?? ""}  calls: ${voiceUrl ?? "nowhere"}  events: ${
        eventsUrl ?? "nowhere"
      }`,
    );
  }
  return true;
}

async function available(client: PlatformClient, where: Options, { print }: Terminal) {
  const { country, currency } = where;
  const numbers = await client.availableNumbers({ country, currency });
  if (numbers.length === 0) print(`No numbers to rent in ${country}`);
  for (const { e164, monthlyPriceMinor } of numbers) {
    print(`${e164}  ${price(monthlyPriceMinor, currency)} a month`);
  }
  return true;
}

async function claim(client: PlatformClient, options: Options, { print, complain, ask }: Terminal) {
  const { country, currency, number, yes } = options;
  const free = (await client.availableNumbers({ country, currency }))
    .find((one) => one.e164 === number);
  if (!free) {
    complain(`Cannot claim ${number}: it must be one of deno task number available`);
    return false;
  }
  const { balanceMinor, currency: held } = await client.wallet();
  print(`Rents ${number} for ${price(free.monthlyPriceMinor, free.currency ?? currency)} a month.`);
  print(`The wallet holds ${price(balanceMinor, held)}.`);
  if (!yes && !ask("Rent it?")) {
    complain("Nothing was rented; --yes rents without asking.");
    return false;
  }
  await client.claimNumber(free);
  const ours = (await client.numbers()).some(({ e164 }) => e164 === number);
  if (!ours) complain(`SautiKit took the order, but ${number} is not on the list yet`);
  else print(`${number} is yours. Next: deno task number route ${number}`);
  return ours;
}

async function route(client: PlatformClient, options: Options, { print, complain, ask }: Terminal) {
  const { number, url, yes } = options;
  if (!url || !/^https:\/\/[^/]/.test(url)) {
    throw new UsageError(
      `Cannot route ${number}: --url or PUBLIC_URL must be where SautiKit reaches this bridge over ` +
        `https: received ${url ?? "nothing"}`,
    );
  }
  const owned = (await client.numbers()).find(({ e164 }) => e164 === number);
  if (!owned) {
    complain(`Cannot route ${number}: it must be one of deno task number list`);
    return false;
  }
  const base = url.replace(/\/+$/, "");
  const to = { voiceUrl: `${base}/voice`, eventsUrl: `${base}/events` };
  print(`Sends calls of ${number} to ${to.voiceUrl}, instead of ${owned.voiceUrl ?? "nowhere"}.`);
  print(`Sends its events to ${to.eventsUrl}, instead of ${owned.eventsUrl ?? "nowhere"}.`);
  print("This costs nothing.");
  if (!yes && !ask("Change it?")) {
    complain("Nothing was changed; --yes changes without asking.");
    return false;
  }
  const routed = await client.routeNumber(owned.id, to);
  if (routed.voiceUrl !== to.voiceUrl) {
    complain(
      `SautiKit took the change, but calls of ${number} go to ${routed.voiceUrl ?? "nowhere"}`,
    );
    return false;
  }
  print("Done.");
  return true;
}

function price(minor: number | undefined, currency: string): string {
  return minor === undefined
    ? "a price that is not known"
    : `${currency} ${(minor / 100).toFixed(2)}`;
}

if (import.meta.main) Deno.exit(await runNumber(Deno.args));
