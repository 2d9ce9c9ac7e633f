import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { outageText } from "../lib/actions/outage_text.ts";

const parameters = v.strictObject({
  area: v.optional(v.pipe(
    v.string(),
    v.trim(),
    v.minLength(2),
    v.maxLength(60),
    v.description("The area the caller names; leave out to use the area of their account"),
    v.metadata({ slot: "area" }),
  )),
});

const words = toolWords("check_outage", {
  en: {
    about: "your connection",
    phrases: [
      "(is there|do you have|is there any) (an outage|outage|a problem|a network problem|maintenance) [(in|at|around) <area>]",
      "(my|the) (internet|connection|wifi|network|line) is (down|not working|dead|offline) [in <area>]",
      "(my|the) (internet|connection|wifi|network|line) (isn't working|has stopped working)",
      "(i have no|there is no|we have no|i don't have|we don't have) (internet|network|connection|wifi) [(in|at) <area>]",
      "(when will|what time will) the (internet|network|connection|service) (be back|come back|be restored|be fixed) [in <area>]",
      "is <area> (down|affected|offline)",
      "what about <area>",
    ],
    whichArea: "Which area are you in?",
    none: (area) =>
      `I see no outage in ${area} right now. ` +
      "Please switch your router off, wait ten seconds, and switch it on again.",
  },
  sw: {
    about: "mtandao wako",
    phrases: [
      "(intaneti|mtandao|wifi) (haifanyi kazi|haufanyi kazi|imekatika|umekatika|imepotea|umepotea) [<area>]",
      "(sina|hatuna|hakuna) (intaneti|mtandao|wifi) [(hapa|huku|katika|kule)] [<area>]",
      "(kuna|je kuna) (tatizo|hitilafu|shida) [(la|ya) (mtandao|intaneti)] [(katika|huko)] [<area>]",
      "(intaneti|mtandao) (itarudi|utarudi) (lini|saa ngapi) [<area>]",
    ],
    whichArea: "Uko eneo gani?",
    none: (area) =>
      `Sioni hitilafu yoyote ${area} kwa sasa. ` +
      "Tafadhali zima ruta yako, subiri sekunde kumi, kisha iwashe tena.",
  },
});

/** Tells whether an area has an outage, by default the area of the caller's account. */
export const checkOutage: Tool<v.InferOutput<typeof parameters>> = {
  name: "check_outage",
  description: "Checks whether there is a known outage in an area. Use it when the internet is " +
    "down or slow, before any other advice.",
  parameters,
  effect: "read",
  identity: "none",
  about: words.about,
  phrases: words.phrases,
  async run({ area: named }, { backend, callerNumber, language, signal }) {
    const area = named ??
      (callerNumber && (await backend.account({ callerNumber }, signal))?.area);
    if (!area) {
      return {
        data: { missing: "area" },
        say: words.in(language).whichArea,
        expect: "free",
      };
    }
    const [outage] = await backend.outages({ area }, signal);
    if (outage) return { data: { area, outage }, say: outageText(outage, language) };
    return {
      data: { area, outage: null },
      say: words.in(language).none(area),
    };
  },
};
