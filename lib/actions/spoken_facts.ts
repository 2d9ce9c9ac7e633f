import { language } from "../languages/languages.ts";

/** Amounts and dates as text that reads well and that the speaking stage turns into words. */

/** `KES 1,234.50`; cents only when there are any. */
export function money(minor: number, currency: string): string {
  const digits = minor % 100 === 0 ? 0 : 2;
  return `${currency} ${
    (minor / 100).toLocaleString("en-KE", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
  }`;
}

/** `25 November`, from an ISO date or instant. */
export function dayOf(iso: string, tag: string): string {
  const [, month, day] = iso.slice(0, 10).split("-").map(Number);
  return `${day} ${language(tag).spoken.months[month - 1]}`;
}

/** `14:30`, as written in an ISO instant, which has the company's own offset. */
export function timeOf(instant: string): string {
  return instant.slice(11, 16);
}
