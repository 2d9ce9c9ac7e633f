import { type Clock, deadline } from "../clock.ts";
import type { PastCall } from "./caller_memory.ts";
import type { Account, Backend, Outage } from "../contracts/backend.ts";
import type { Knowledge } from "../knowledge.ts";
import { orAbort } from "../engines/or_abort.ts";
import { outageText } from "../actions/outage_text.ts";
import { money } from "../actions/spoken_facts.ts";

/** Time that everything has together; the greeting lasts about as long. */
export const CONTEXT_TIMEOUT_MS = 3_000;

/** What is known of a caller before they have said anything. */
export interface CallerContext {
  account?: Account;
  outages: Outage[];
  past?: PastCall;
  /** Notices for the caller's area, or for everyone. */
  notices(language: string): string[];
}

export interface ContextSources {
  callerNumber?: string;
  backend: Backend;
  knowledge?: Pick<Knowledge, "notices">;
  /** The caller's last call, when callers are remembered. */
  recall?(callerNumber: string): Promise<PastCall | undefined>;
  clock: Clock;
}

/** Finds out about a caller while the greeting plays. Never fails: what can't be had is left out. */
export async function fetchCallerContext(
  sources: ContextSources,
  signal: AbortSignal,
): Promise<CallerContext> {
  const { callerNumber, backend, knowledge, recall, clock } = sources;
  const limit = deadline(clock, CONTEXT_TIMEOUT_MS, signal);
  /** The work's result, or none when it fails or takes too long. */
  const tried = <T>(work: () => Promise<T | undefined>): Promise<T | undefined> =>
    orAbort(Promise.resolve().then(work), limit.signal).catch(() => undefined);
  try {
    const [[account, outages], past] = await Promise.all([
      tried(async () => {
        if (!callerNumber) return [];
        const account = await backend.account({ callerNumber }, limit.signal);
        return [account, account?.area && await outagesIn(account.area, backend, limit.signal)];
      }).then((found = []) => found as [Account?, Outage[]?]),
      callerNumber && recall ? tried(() => recall(callerNumber)) : undefined,
    ]);
    return {
      account,
      outages: outages || [],
      past,
      notices: (language) =>
        knowledge?.notices(account?.area, language).map(({ text }) => text) ?? [],
    };
  } finally {
    limit.clear();
  }
}

/** None when they can't be had: the account is worth telling without them. */
async function outagesIn(area: string, backend: Backend, signal: AbortSignal): Promise<Outage[]> {
  try {
    return await backend.outages({ area }, signal);
  } catch {
    return [];
  }
}

/** What every caller of the area must hear first, in their language. */
export function newsFor({ outages, notices }: CallerContext, language: string): string[] {
  return [...outages.map((outage) => outageText(outage, language)), ...notices(language)];
}

/**
 * What a model is told of the caller, a line for each. The account number is not among it: it is
 * what callers prove themselves with.
 */
export function contextLines(
  context: CallerContext,
  language: string,
  about: (intent: string) => string,
): string[] {
  const { account, past } = context;
  const lines: string[] = [];
  if (account) {
    const { name, plan, status, balanceMinor, currency, dueOn, area } = account;
    const amount = money(Math.abs(balanceMinor), currency);
    const owed = balanceMinor > 0
      ? `${amount} to pay`
      : balanceMinor < 0
      ? `${amount} in credit`
      : "";
    const facts = [`plan ${plan}`, `account ${status}`, owed || "nothing to pay"];
    if (dueOn && balanceMinor > 0) facts.push(`due ${dueOn}`);
    if (area) facts.push(`area ${area}`);
    lines.push(`The account of the calling number belongs to ${name}: ${facts.join(", ")}.`);
  }
  const news = newsFor(context, language);
  if (news.length) lines.push(`The caller has been told already: "${news.join(" ")}"`);
  if (past) {
    const when = new Date(past.beganMs).toISOString().slice(0, 10);
    const what = past.intents.map(about).join(", ");
    const how = past.resolved ? "it was resolved" : "it was not resolved";
    lines.push(`This number called before, on ${when}, about ${what}; ${how}.`);
  }
  return lines;
}
