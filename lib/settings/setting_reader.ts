import { type CountryCode, isSupportedCountry } from "libphonenumber-js/min";
import type { Env } from "./env.ts";
import { ProblemsError } from "./problems_error.ts";
import { toE164 } from "../platform/phone_number.ts";

/** Settings that can't be used; the message holds one line for each. */
export class SettingsError extends ProblemsError {
  override name = "SettingsError";
  constructor(problems: string[]) {
    super("Cannot start with these settings", problems);
  }
}

/** Reads variables one by one and keeps what is wrong with them until the end. */
export class SettingReader {
  readonly #env: Env;
  readonly #problems = new Set<string>();

  constructor(env: Env) {
    this.#env = env;
  }

  /** @throws {SettingsError} when anything was refused */
  finish(): void {
    if (this.#problems.size > 0) throw new SettingsError([...this.#problems]);
  }

  /** Notes that a variable can't be used as it is. */
  refuse(name: string, must: string, fix: string, received?: string): void {
    const got = received === undefined ? "" : `: received ${JSON.stringify(received.slice(0, 80))}`;
    this.#problems.add(`${name} ${must}${got}; ${fix}`);
  }

  text(name: string, usual: string): string {
    return this.#value(name) ?? usual;
  }

  /** Values of secrets are never shown. */
  secret(name: string, minLength = 1): string | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (value.length < minLength || /\s/.test(value.replace(/^bearer\s+/i, ""))) {
      const must = `must be one word of at least ${minLength} characters`;
      this.refuse(name, `${must}: received ${value.length} (hidden)`, "copy it again, whole");
    }
    return value;
  }

  secrets(name: string): string[] {
    return this.#parts(name);
  }

  whole(name: string, usual: number, min: number, max: number): number {
    const value = this.#value(name);
    if (value === undefined) return usual;
    const number = Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    this.refuse(name, `must be a whole number from ${min} to ${max}`, `try ${usual}`, value);
    return usual;
  }

  flag(name: string): boolean {
    return this.oneOf(name, ["true", "false", "1", "0"], "false").match(/true|1/) !== null;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], usual: T): T {
    const value = this.#value(name);
    if (value === undefined) return usual;
    const found = allowed.find((word) => word === value.toLowerCase());
    if (found) return found;
    this.refuse(name, `must be one of ${allowed.join(", ")}`, `try ${usual}`, value);
    return usual;
  }

  list<T extends string>(name: string, allowed: readonly T[], usual: T[]): T[] {
    const parts = this.#parts(name).map((part) => part.toLowerCase());
    if (parts.length === 0) return usual;
    const unknown = parts.filter((part) => !allowed.includes(part as T));
    if (unknown.length === 0) return [...new Set(parts)] as T[];
    const must = `must list some of ${allowed.join(", ")}, separated by commas`;
    this.refuse(name, must, `try ${usual.join(",")}`, unknown.join(","));
    return usual;
  }

  /** An address without a slash at its end. */
  url(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username) {
      return value.replace(/\/+$/, "");
    }
    const must = "must be an http or https URL without user, query and fragment";
    this.refuse(name, must, "write it like https://agent.example.com", url?.username ? "…" : value);
  }

  country(name: string, usual: CountryCode): CountryCode {
    const value = this.#value(name)?.toUpperCase() ?? usual;
    if (isSupportedCountry(value)) return value;
    this.refuse(name, "must be a country's two letters", `try ${usual}`, value);
    return usual;
  }

  /** Phone numbers, as E.164. */
  numbers(name: string, max = 1000): string[] {
    const parts = this.#parts(name);
    const numbers = parts.map((part) => part.startsWith("+") ? toE164(part, "KE") : undefined);
    const wrong = parts.filter((_, i) => numbers[i] === undefined);
    const must = max === 1 ? "must be one phone number" : "must be phone numbers and commas";
    const fix = "write them like +254712345678";
    if (wrong.length > 0) this.refuse(name, must, fix, wrong.join(","));
    else if (parts.length > max) this.refuse(name, must, fix, parts.join(","));
    return numbers.filter((number) => number !== undefined);
  }

  #parts(name: string): string[] {
    return (this.#value(name) ?? "").split(",").map((part) => part.trim()).filter((part) => part);
  }

  /** Quotes that were pasted along are no part of a value. */
  #value(name: string): string | undefined {
    const value = this.#env[name]?.trim().replace(/^(["'])(.*)\1$/s, "$2").trim();
    return value === "" ? undefined : value;
  }
}
