import type { Tool } from "../contracts/tool.ts";

/** How sure the call is of who the caller is, from least to most. */
export type IdentityLevel = Tool["identity"];

const LEVELS: IdentityLevel[] = ["none", "number", "fact", "code"];

/** Wrong proofs after which no more are taken in this call. */
export const MAX_IDENTITY_TRIES = 3;

/** What one call knows of who is calling; only proof from the company's own data raises it. */
export interface Identity {
  readonly level: IdentityLevel;
  readonly locked: boolean;
  allows(needed: IdentityLevel): boolean;
  prove(level: "fact" | "code", matched: boolean): "raised" | "wrong" | "locked";
}

/** Starts at `number` when the platform gave the caller's number, else at `none`. */
export function createIdentity(callerNumber: string | undefined): Identity {
  let level: IdentityLevel = callerNumber ? "number" : "none";
  let misses = 0;
  return {
    get level() {
      return level;
    },
    get locked() {
      return misses >= MAX_IDENTITY_TRIES;
    },
    allows: (needed) => LEVELS.indexOf(level) >= LEVELS.indexOf(needed),
    prove(proven, matched) {
      // A fact says nothing about a caller whose number is withheld: it belongs to an account.
      if (misses >= MAX_IDENTITY_TRIES || level === "none") return "locked";
      if (!matched) return ++misses >= MAX_IDENTITY_TRIES ? "locked" : "wrong";
      if (LEVELS.indexOf(proven) > LEVELS.indexOf(level)) level = proven;
      return "raised";
    },
  };
}
