import type { Account, Order } from "../contracts/backend.ts";

/** What a tool brings to a language. */
export interface ToolWord {
  /** How callers ask for it; see `Tool`. */
  phrases?: readonly string[];
  /** What a call was about in which it ran: "your bill". */
  about?: string;
}

/** A tool that callers ask for by name. */
interface Asked extends ToolWord {
  phrases: readonly string[];
  about: string;
}

/**
 * What the tools that come with the project say, by tool. A tool's own file says it in English and
 * Swahili; every other language brings its own, so that it is added without touching the tools.
 */
export interface ToolWords {
  check_outage: Asked & {
    whichArea: string;
    none(area: string): string;
  };
  end_call: ToolWord & { goodbye: string };
  get_account: Asked & {
    unknown: string;
    states: Readonly<Record<Account["status"], string>>;
    has(plan: string, state: string): string;
    /** `day` is absent when nothing says by when. */
    owes(amount: string, day: string | undefined): string;
    credit(amount: string): string;
    owesNothing: string;
  };
  get_order: Asked & {
    unknown(orderNumber: string): string;
    states: Readonly<Record<Order["status"], string>>;
    is(item: string, state: string): string;
    expected(day: string): string;
  };
  get_tickets: Asked & {
    none: string;
    count(open: number): string;
    one(subject: string, day: string, inProgress: boolean): string;
  };
  hand_over: ToolWord & { begins: string };
  open_ticket: Asked & {
    confirm(subject: string): string;
    opened(reference: string): string;
  };
  reset_password: Asked & {
    confirm: string;
    /** `ending` are the last digits of the number. */
    sent(ending: string): string;
  };
  search_knowledge: ToolWord & { nothing: string };
  verify_caller: ToolWord & {
    phrases: readonly string[];
    verified: string;
    wrong: string;
  };
}

/** What the caller hears when a tool could not be run, or of an outage. */
export interface ToolTexts {
  failed: string;
  unconfirmed: string;
  needsFact: string;
  needsNumber: string;
  notProven: string;
  /** `since` and `back` are times of day; nobody knows when it is over where `back` is absent. */
  outage(area: string, cause: string, since: string, back: string | undefined): string;
}
