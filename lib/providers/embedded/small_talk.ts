import { knownLanguages, language } from "../../languages/languages.ts";
import { list } from "../../languages/list.ts";
import { countWhenOnly, type PhraseLists, wordsOf } from "../../languages/words.ts";

/** What callers say that asks for no fact. */
export type SmallTalk = "greeting" | "thanks" | "farewell" | "repeat" | "who" | "help" | "cancel";

/** Whole turns, by language; they may stand next to polite words. */
export const SMALL_TALK_PHRASES: Record<
  string,
  Record<Exclude<SmallTalk, "farewell">, readonly string[]>
> = {
  en: {
    greeting: list(`
      hello, hi, hey, hello there, hi there, good morning, good afternoon, good evening,
      how are you, how are you doing`),
    thanks: list(`thank you, thanks, thanks a lot, thank you very much, thank you so much, great,
      perfect, wonderful`),
    repeat: list(`
      sorry, excuse me, repeat, repeat that, please repeat, please repeat that, say that again, say it again, can you repeat, can you repeat that,
      could you repeat that, could you say that again, can you say that again, come again, pardon,
      what did you say, i didn't hear you, i did not hear you, i didn't hear that, once more,
      i didn't catch that, one more time`),
    who: list(`
      who are you, what are you, are you a robot, are you a machine, are you a computer,
      are you human, are you a human, are you a real person, am i talking to a robot,
      am i speaking to a machine, what is your name, what's your name, is this a robot`),
    help: list(`
      help, help me, can you help me, could you help me, i need help, i need some help,
      what can you do, what can i ask, how can you help me, can you help, i have a question,
      i have a problem`),
    cancel: list(`
      never mind, forget it, cancel, cancel that, stop, i don't know, i do not know, i don't have it,
      i do not have it, i don't remember, i forgot it, i don't have the number, skip`),
  },
  sw: {
    greeting: list(`
      habari, habari yako, habari zenu, hujambo, hamjambo, mambo, shikamoo, salama, niaje, vipi,
      habari ya asubuhi, habari za asubuhi, habari ya mchana, habari ya jioni, salamu`),
    thanks: list(`asante, asante sana, ahsante, shukrani, nashukuru, asanteni`),
    repeat: list(`
      samahani, rudia, rudia tena, sema tena, unaweza kurudia, tafadhali rudia, umesema nini, unasema nini,
      sijasikia, sikusikia, sijaelewa, sikuelewa, naomba urudie`),
    who: list(`
      wewe ni nani, unaitwa nani, jina lako ni nani, wewe ni roboti, je wewe ni roboti,
      wewe ni mashine, wewe ni mtu, je wewe ni mtu, naongea na nani, ninaongea na mashine`),
    help: list(`
      nisaidie, naomba msaada, nahitaji msaada, unaweza kunisaidia, unaweza kufanya nini,
      nina swali, nina shida, msaada`),
    cancel: list(`achana nayo, acha, ghairi, sijui, sina, sikumbuki, nimesahau, sina namba`),
  },
  fr: {
    greeting: list(`bonjour, bonsoir, salut, allô, comment allez-vous`),
    thanks: list(`merci, merci beaucoup`),
    repeat: list(`répétez, pouvez-vous répéter, pardon, je n'ai pas entendu, encore une fois`),
    who: list(`qui êtes-vous, êtes-vous un robot, c'est un robot`),
    help: list(`aidez-moi, pouvez-vous m'aider, j'ai besoin d'aide, j'ai une question`),
    cancel: list(`laissez tomber, annulez, je ne sais pas, je ne l'ai pas`),
  },
};

const ORDER = ["repeat", "who", "help", "cancel", "thanks", "greeting"] as const;

/** Longer turns ask for something. */
const MAX_WORDS = 10;

/** Recognises a turn that is small talk and nothing else. */
export function smallTalk(text: string): SmallTalk | undefined {
  const words = wordsOf(text);
  if (words.length === 0 || words.length > MAX_WORDS) return undefined;
  const tables = Object.values(SMALL_TALK_PHRASES);
  const all = (kind: (typeof ORDER)[number]) => tables.map((table) => table[kind]);
  const answers = knownLanguages().map((tag) => language(tag).answers);
  const around = [...answers.map(({ polite }) => polite), ...all("greeting"), ...all("thanks")];
  const farewells = answers.map((table) => table.farewells);
  // "Thanks, bye" thanks too, but what counts is the goodbye.
  if (countWhenOnly(words, farewells, around) > 0 && isNotJustThanks(words, all("thanks"))) {
    return "farewell";
  }
  return ORDER.find((kind) => countWhenOnly(words, all(kind), around) > 0);
}

function isNotJustThanks(words: string[], thanks: PhraseLists): boolean {
  return countWhenOnly(words, thanks, []) === 0;
}
