import { byLanguage } from "./by_language.ts";
import type { Outage } from "../contracts/backend.ts";
import { timeOf } from "./spoken_facts.ts";

/** An outage as the caller hears it. */
export function outageText(
  { area, cause, since, expectedBack }: Outage,
  language: string,
): string {
  const from = timeOf(since);
  const back = expectedBack && timeOf(expectedBack);
  return byLanguage({
    en: `There is an outage in ${area} since ${from}: ${cause}. ` +
      (back ? `We expect it to be back by ${back}.` : "We don't know yet when it will be back."),
    sw: `Kuna hitilafu ${area} tangu ${from}: ${cause}. ` +
      (back ? `Tunatarajia irudi kufikia ${back}.` : "Bado hatujui itarudi lini."),
    fr: `Il y a une panne à ${area} depuis ${from} : ${cause}. ` +
      (back ? `Retour prévu vers ${back}.` : "Nous ne savons pas encore quand ce sera rétabli."),
  }, language);
}
