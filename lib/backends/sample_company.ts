import type { Clock } from "../clock.ts";
import { type Account, type Backend, BackendError, type Order } from "../contracts/backend.ts";
import { type CompanyFile, readCompanyFile } from "./company_file.ts";
import type { Outage, Ticket } from "../contracts/backend.ts";

/** The number of the sample customer that the demo calls from. */
export const DEMO_CALLER = "+254700000001";

/** Tickets that callers may open; the sample company forgets nothing while it runs. */
export const MAX_SAMPLE_TICKETS = 1_000;
/** Changes that are remembered so that a second try doesn't make them again. */
const MAX_SAMPLE_KEYS = 10_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Kenya's clock is three hours ahead all year. */
const OFFSET_MS = 3 * HOUR_MS;

const NOT_THERE = { status: 404, text: "" };

interface Customer {
  number: string;
  account: Account;
  orders: Order[];
  tickets: Ticket[];
}

/** The project's own sample company. */
const OWN_FILE = "agent/company.yaml";

/** A company that does not exist, kept in memory; its dates are relative to the clock. */
export function createSampleCompany(
  clock: Clock,
  file: CompanyFile = readCompanyFile(OWN_FILE),
): Backend {
  const day = (offset: number) => local(clock.wallMs() + offset * DAY_MS).slice(0, 10);
  const customers = customersOf(file, day);
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
        outagesOf(file, clock.wallMs())
          .filter((outage) => outage.area.toLowerCase() === area.toLowerCase())),
    areas: (signal) => answer(signal, () => file.areas),
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
            reference: `${file.ticket_prefix}${1001 + extraTickets.length}`,
            subject,
            status: "open",
            openedOn: day(0),
          };
          extraTickets.push(ticket);
          if (callerNumber) customer(callerNumber)?.tickets.push(ticket);
          return ticket;
        })),
    request: ({ method, path, callerNumber }, signal) =>
      answer(signal, () => {
        const found = file.requests.find((one) =>
          one.method === method && one.path === path &&
          (one.number === undefined || one.number === callerNumber)
        );
        return found ? { status: 200, text: JSON.stringify(found.answer) } : NOT_THERE;
      }),
  };
}

function customersOf(file: CompanyFile, day: (offset: number) => string): Customer[] {
  return file.customers.map((one) => ({
    number: one.number,
    account: {
      accountNumber: one.account,
      name: one.name,
      plan: one.plan,
      status: one.status,
      balanceMinor: Math.round(one.balance * 100),
      currency: one.currency,
      ...(one.due_in_days !== undefined && { dueOn: day(one.due_in_days) }),
      ...(one.area && { area: one.area }),
    },
    orders: one.orders.map(({ number, status, item, expected_in_days: inDays }) => ({
      orderNumber: number,
      status,
      item,
      ...(inDays !== undefined && { expectedOn: day(inDays) }),
    })),
    tickets: one.tickets.map(({ reference, subject, status, opened_days_ago: ago }) => ({
      reference,
      subject,
      status,
      openedOn: day(-ago),
    })),
  }));
}

function outagesOf(file: CompanyFile, nowMs: number): Outage[] {
  return file.outages.map(({ area, cause, began_hours_ago: ago, back_in_hours: inHours }) => ({
    area,
    cause,
    since: instant(nowMs - ago * HOUR_MS),
    ...(inHours !== undefined && { expectedBack: instant(nowMs + inHours * HOUR_MS) }),
  }));
}

/** An instant on Kenya's clock, rounded down to ten minutes, since that is how people say it. */
function instant(wallMs: number): string {
  const tenMinutesMs = 600_000;
  return `${local(Math.floor(wallMs / tenMinutesMs) * tenMinutesMs).slice(0, 19)}+03:00`;
}

function local(wallMs: number): string {
  return new Date(wallMs + OFFSET_MS).toISOString();
}
