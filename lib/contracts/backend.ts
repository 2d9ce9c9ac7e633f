/** The company's own systems, as the tools see them. Numbers are E.164; money is in minor units. */
export interface Backend {
  /** The account of a phone number, or by its account number when the caller owns that too. */
  account(by: { callerNumber: string }, signal: AbortSignal): Promise<Account | undefined>;
  order(
    by: { callerNumber: string; orderNumber: string },
    signal: AbortSignal,
  ): Promise<Order | undefined>;
  tickets(by: { callerNumber: string }, signal: AbortSignal): Promise<Ticket[]>;
  outages(by: { area: string }, signal: AbortSignal): Promise<Outage[]>;
  /** Areas that the company serves; the recogniser learns their names. */
  areas(signal: AbortSignal): Promise<string[]>;
  resetPassword(
    by: { callerNumber: string; idempotencyKey: string },
    signal: AbortSignal,
  ): Promise<{ sentTo: string }>;
  openTicket(
    ticket: { callerNumber?: string; subject: string; detail: string; idempotencyKey: string },
    signal: AbortSignal,
  ): Promise<Ticket>;
  /** Asks for anything else, for tools that are described in YAML with a path of this system. */
  request(request: BackendRequest, signal: AbortSignal): Promise<BackendAnswer>;
}

export interface BackendRequest {
  method: string;
  /** Begins with `/`; may have a query. */
  path: string;
  headers?: Record<string, string>;
  /** Whose data it is about, as the platform gave it. */
  callerNumber?: string;
  /** Set for changes. */
  idempotencyKey?: string;
  /** JSON. */
  body?: unknown;
}

export interface BackendAnswer {
  status: number;
  text: string;
}

export interface Account {
  accountNumber: string;
  name: string;
  plan: string;
  status: "active" | "suspended" | "closed";
  balanceMinor: number;
  currency: string;
  /** ISO date. */
  dueOn?: string;
  area?: string;
}

export interface Order {
  orderNumber: string;
  status: "placed" | "packed" | "on_the_way" | "delivered" | "cancelled";
  item: string;
  /** ISO date. */
  expectedOn?: string;
}

export interface Ticket {
  reference: string;
  subject: string;
  status: "open" | "in_progress" | "closed";
  /** ISO date. */
  openedOn: string;
}

export interface Outage {
  area: string;
  cause: string;
  /** ISO instant. */
  since: string;
  /** ISO instant; absent when nobody knows. */
  expectedBack?: string;
}

/** The company's system did not answer, or refused. */
export class BackendError extends Error {
  override name = "BackendError";
}
