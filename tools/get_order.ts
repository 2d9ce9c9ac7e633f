import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Order } from "../lib/contracts/backend.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { dayOf } from "../lib/actions/spoken_facts.ts";

const parameters = v.strictObject({
  order_number: v.pipe(
    v.string(),
    v.regex(/^\d{4,10}$/, "must be 4 to 10 digits"),
    v.description("The number of the order, digits only"),
    v.metadata({ expect: "order_no" }),
  ),
});

const words = toolWords("get_order", {
  en: {
    about: "your order",
    phrases: [
      "(where is|track|i want to track|can you track|check) my (order|delivery|parcel)",
      "(where is|track) (the|my) (router|package|item) [that] i ordered",
      "(what is|what's) the status of my (order|delivery|parcel)",
      "(when will|when is) my (order|router|delivery|package|parcel) (arrive|arriving|be delivered)",
      "my (order|delivery|router|package) (has not arrived|hasn't arrived|did not arrive)",
      "i am calling about my (order|delivery)",
      "[my] order number [is] <order_number>",
    ],
    unknown: (orderNumber) =>
      `I can't find order ${orderNumber} for the number you're calling from. ` +
      "Shall I get a person for you?",
    states: {
      placed: "has been placed",
      packed: "is packed",
      on_the_way: "is on the way",
      delivered: "has been delivered",
      cancelled: "was cancelled",
    },
    is: (item, state) => `Your order, ${item}, ${state}.`,
    expected: (day) => `We expect it on ${day}.`,
  },
  sw: {
    about: "oda yako",
    phrases: [
      "(oda|mzigo|agizo) (yangu|wangu|langu) (iko|uko|liko) wapi",
      "(oda|mzigo|agizo) (yangu|wangu|langu) (itafika|utafika|litafika) lini",
      "(nataka kujua|nafuatilia|naulizia) [kuhusu] (oda|mzigo|agizo) (yangu|wangu|langu)",
      "(oda|mzigo|agizo) (yangu|wangu|langu) (haijafika|haujafika|halijafika)",
      "namba ya oda [ni] <order_number>",
    ],
    unknown: (orderNumber) => `Sioni oda ${orderNumber} kwa namba unayopigia. Nikuitie mhudumu?`,
    states: {
      placed: "imepokelewa",
      packed: "imefungwa tayari",
      on_the_way: "iko njiani",
      delivered: "imeshafikishwa",
      cancelled: "imeghairiwa",
    },
    is: (item, state) => `Oda yako, ${item}, ${state}.`,
    expected: (day) => `Tunatarajia ifike ${day}.`,
  },
});

/** Looks up one order of the caller. */
export const getOrder: Tool<v.InferOutput<typeof parameters>> = {
  name: "get_order",
  description: "Gets the status of one order of the caller by its number: a router, an " +
    "installation, a delivery. Ask for the order number first.",
  parameters,
  effect: "read",
  identity: "number",
  about: words.about,
  phrases: words.phrases,
  async run({ order_number: orderNumber }, { backend, callerNumber, language, signal }) {
    const order = callerNumber && await backend.order({ callerNumber, orderNumber }, signal);
    if (!order) {
      return {
        data: { found: false, offersPerson: true },
        say: words.in(language).unknown([...orderNumber].join(" ")),
        expect: "yes_no",
      };
    }
    return { data: { found: true, ...order }, say: inWords(order, language) };
  },
};

function inWords({ item, status, expectedOn }: Order, language: string): string {
  const say = words.in(language);
  const open = status !== "delivered" && status !== "cancelled";
  const told = say.is(item, say.states[status]);
  return open && expectedOn ? `${told} ${say.expected(dayOf(expectedOn, language))}` : told;
}
