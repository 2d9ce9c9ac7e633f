import type { Clock } from "../clock.ts";
import { type Account, type Backend, BackendError, type Order } from "../contracts/backend.ts";
import type { Outage, Ticket } from "../contracts/backend.ts";

/** The number of the sample customer that the demo calls from. */
export const DEMO_CALLER = "+254700000001";

/** Tickets that callers may open; the sample company forgets nothing while it runs. */
export const MAX_SAMPLE_TICKETS = 1_000;
/** Changes that are remembered so that a second try doesn't make them again. */
const MAX_SAMPLE_KEYS = 10_000;

const AREAS = [
  "Westlands",
  "Kilimani",
  "Karen",
  "Kasarani",
  "Embakasi",
  "Ruaka",
  "Rongai",
  "Thika",
  "Nyali",
  "Bamburi",
  "Milimani",
  "Nakuru",
  "Kisumu",
  "Eldoret",
];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Kenya's clock is three hours ahead all year. */
const OFFSET_MS = 3 * HOUR_MS;

interface Customer {
  number: string;
  account: Account;
  orders: Order[];
  tickets: Ticket[];
}

/**
 * Upepo Fibre, an internet provider that does not exist, kept in memory.
 *
 * It knows the customers {@linkcode DEMO_CALLER} and two after it, and nobody else. Dates are
 * relative to the clock.
 */
export function createSampleCompany(clock: Clock): Backend {
  const day = (offset: number) => local(clock.wallMs() + offset * DAY_MS).slice(0, 10);
  const customers = sampleCustomers(day);
  const extraTickets: Ticket[] = [];
  const byKey = new Map<string, unknown>();
  const customer = (number: string) => customers.find((one) => one.number === number);

  function once<T>(key: string, act: () => T): T {
    if (byKey.size >= MAX_SAMPLE_KEYS) byKey.delete(byKey.keys().next().value!);
    if (!byKey.has(key)) byKey.set(key, act());
    return byKey.get(key) as T;
  }

  // As a method of `Backend` each one answers in a promise, and refuses when it was given up on.
  const answer = <T>(signal: AbortSignal, act: () => T): Promise<T> =>
    new Promise((resolve) => {
      signal.throwIfAborted();
      resolve(structuredClone(act()));
    });

  return {
    account: ({ callerNumber }, signal) => answer(signal, () => customer(callerNumber)?.account),
    order: ({ callerNumber, orderNumber }, signal) =>
      answer(
        signal,
        () => customer(callerNumber)?.orders.find((order) => order.orderNumber === orderNumber),
      ),
    tickets: ({ callerNumber }, signal) =>
      answer(signal, () => customer(callerNumber)?.tickets ?? []),
    outages: ({ area }, signal) =>
      answer(signal, () =>
        sampleOutages(clock.wallMs())
          .filter((outage) => outage.area.toLowerCase() === area.toLowerCase())),
    areas: (signal) => answer(signal, () => AREAS),
    resetPassword: ({ callerNumber, idempotencyKey }, signal) =>
      answer(signal, () => {
        if (!customer(callerNumber)) {
          throw new BackendError("Cannot reset a password: the caller must be a customer");
        }
        return once(idempotencyKey, () => ({ sentTo: `•••• ${callerNumber.slice(-3)}` }));
      }),
    openTicket: ({ callerNumber, subject, idempotencyKey }, signal) =>
      answer(signal, () =>
        once(idempotencyKey, () => {
          if (extraTickets.length >= MAX_SAMPLE_TICKETS) {
            throw new BackendError(
              `Cannot open a ticket: there must be at most ${MAX_SAMPLE_TICKETS} of them`,
            );
          }
          const ticket: Ticket = {
            reference: `UF${1001 + extraTickets.length}`,
            subject,
            status: "open",
            openedOn: day(0),
          };
          extraTickets.push(ticket);
          if (callerNumber) customer(callerNumber)?.tickets.push(ticket);
          return ticket;
        })),
  };
}

function sampleCustomers(day: (offset: number) => string): Customer[] {
  return [
    {
      number: DEMO_CALLER,
      account: {
        accountNumber: "204518",
        name: "Amina Otieno",
        plan: "Home 20",
        status: "active",
        balanceMinor: 249_900,
        currency: "KES",
        dueOn: day(5),
        area: "Kilimani",
      },
      orders: [
        { orderNumber: "7315", status: "on_the_way", item: "Wi-Fi router", expectedOn: day(1) },
        { orderNumber: "6890", status: "delivered", item: "indoor cable", expectedOn: day(-40) },
      ],
      tickets: [{
        reference: "UF0977",
        subject: "Slow internet in the evening",
        status: "in_progress",
        openedOn: day(-3),
      }],
    },
    {
      number: "+254700000002",
      account: {
        accountNumber: "330142",
        name: "Brian Mwangi",
        plan: "Home 10",
        status: "suspended",
        balanceMinor: 379_850,
        currency: "KES",
        dueOn: day(-9),
        area: "Kasarani",
      },
      orders: [],
      tickets: [],
    },
    {
      number: "+254700000003",
      account: {
        accountNumber: "118706",
        name: "Zuhura Ali",
        plan: "Business 100",
        status: "active",
        balanceMinor: -50_000,
        currency: "KES",
        area: "Nyali",
      },
      orders: [
        { orderNumber: "8042", status: "placed", item: "second line", expectedOn: day(6) },
      ],
      tickets: [],
    },
  ];
}

function sampleOutages(nowMs: number): Outage[] {
  return [
    {
      area: "Westlands",
      cause: "a fibre cable was cut during road works",
      since: instant(nowMs - 2 * HOUR_MS),
      expectedBack: instant(nowMs + 3 * HOUR_MS),
    },
    {
      area: "Bamburi",
      cause: "there is no power at our station",
      since: instant(nowMs - HOUR_MS),
    },
  ];
}

/** An instant on Kenya's clock, rounded down to ten minutes, since that is how people say it. */
function instant(wallMs: number): string {
  const tenMinutesMs = 600_000;
  return `${local(Math.floor(wallMs / tenMinutesMs) * tenMinutesMs).slice(0, 19)}+03:00`;
}

function local(wallMs: number): string {
  return new Date(wallMs + OFFSET_MS).toISOString();
}
