import { z } from "zod";
import { byLanguage } from "../lib/actions/by_language.ts";
import type { Order } from "../lib/contracts/backend.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { dayOf } from "../lib/actions/spoken_facts.ts";

const parameters = z.strictObject({
  order_number: z.string().regex(/^\d{4,10}$/, "must be 4 to 10 digits")
    .describe("The number of the order, digits only").meta({ expect: "order_no" }),
});

/** Looks up one order of the caller. */
export const getOrder: Tool<z.infer<typeof parameters>> = {
  name: "get_order",
  description: "Gets the status of one order of the caller by its number: a router, an " +
    "installation, a delivery. Ask for the order number first.",
  parameters,
  effect: "read",
  identity: "number",
  about: { en: "your order", sw: "oda yako", fr: "votre commande" },
  phrases: {
    en: [
      "(where is|track|i want to track|can you track|check) my (order|delivery|parcel)",
      "(where is|track) (the|my) (router|package|item) [that] i ordered",
      "(what is|what's) the status of my (order|delivery|parcel)",
      "(when will|when is) my (order|router|delivery|package|parcel) (arrive|arriving|be delivered)",
      "my (order|delivery|router|package) (has not arrived|hasn't arrived|did not arrive)",
      "i am calling about my (order|delivery)",
      "[my] order number [is] <order_number>",
    ],
    sw: [
      "(oda|mzigo|agizo) (yangu|wangu|langu) (iko|uko|liko) wapi",
      "(oda|mzigo|agizo) (yangu|wangu|langu) (itafika|utafika|litafika) lini",
      "(nataka kujua|nafuatilia|naulizia) [kuhusu] (oda|mzigo|agizo) (yangu|wangu|langu)",
      "(oda|mzigo|agizo) (yangu|wangu|langu) (haijafika|haujafika|halijafika)",
      "namba ya oda [ni] <order_number>",
    ],
    fr: ["où est ma (commande|livraison)", "[mon] numéro de commande [est] <order_number>"],
  },
  async run({ order_number: orderNumber }, { backend, callerNumber, language, signal }) {
    const order = callerNumber && await backend.order({ callerNumber, orderNumber }, signal);
    if (!order) {
      const spelled = [...orderNumber].join(" ");
      return {
        data: { found: false, offersPerson: true },
        say: byLanguage({
          en: `I can't find order ${spelled} for the number you're calling from. ` +
            "Shall I get a person for you?",
          sw: `Sioni oda ${spelled} kwa namba unayopigia. Nikuitie mhudumu?`,
          fr: `Je ne trouve pas la commande ${spelled}. Voulez-vous parler à quelqu'un ?`,
        }, language),
        expect: "yes_no",
      };
    }
    return { data: { found: true, ...order }, say: inWords(order, language) };
  },
};

function inWords({ item, status, expectedOn }: Order, language: string): string {
  const day = expectedOn && dayOf(expectedOn, language);
  const states = {
    en: {
      placed: "has been placed",
      packed: "is packed",
      on_the_way: "is on the way",
      delivered: "has been delivered",
      cancelled: "was cancelled",
    },
    sw: {
      placed: "imepokelewa",
      packed: "imefungwa tayari",
      on_the_way: "iko njiani",
      delivered: "imeshafikishwa",
      cancelled: "imeghairiwa",
    },
    fr: {
      placed: "est enregistrée",
      packed: "est emballée",
      on_the_way: "est en route",
      delivered: "a été livrée",
      cancelled: "a été annulée",
    },
  };
  const state = byLanguage(states, language)[status];
  const open = status !== "delivered" && status !== "cancelled";
  return byLanguage({
    en: `Your order, ${item}, ${state}.` + (open && day ? ` We expect it on ${day}.` : ""),
    sw: `Oda yako, ${item}, ${state}.` + (open && day ? ` Tunatarajia ifike ${day}.` : ""),
    fr: `Votre commande, ${item}, ${state}.` + (open && day ? ` Livraison prévue le ${day}.` : ""),
  }, language);
}
