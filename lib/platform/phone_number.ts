import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * Writes a phone number as E.164, or nothing for withheld, short and other numbers that nobody
 * could call back. Numbers without a country code are read as `country`'s.
 */
export function toE164(raw: string | undefined, country: string): string | undefined {
  if (raw === undefined) return undefined;
  // A `+` that a form did not escape arrives as a space.
  const written = /^ \d/.test(raw) ? `+${raw.trimStart()}` : raw.trim();
  if (!/^\+?[\d ().-]{5,24}$/.test(written)) return undefined;
  const number = parsePhoneNumberFromString(written, country as CountryCode);
  return number?.isPossible() ? number.number : undefined;
}
