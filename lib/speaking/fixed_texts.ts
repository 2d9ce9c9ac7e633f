import type { Agent } from "../agent/agent.ts";
import { phraseFields, type PhraseName } from "../languages/phrase_names.ts";
import { phraseVariants } from "../languages/phrases.ts";
import { SentenceSplitter } from "./sentences.ts";
import { speakable } from "./speakable.ts";

/** A sentence that the agent says word for word in many calls. */
export interface FixedText {
  /** Speakable, as the voice gets it. */
  text: string;
  language: string;
  style?: string;
}

/** Every sentence that an agent may say without a value in it: greeting, prompts, fillers. */
export function fixedTexts(agent: Agent): FixedText[] {
  const names = Object.keys(phraseFields) as PhraseName[];
  const fixed = names.filter((name) => phraseFields[name].length === 0);
  return agent.languages.flatMap((language) => {
    const texts = [
      agent.greeting[language],
      ...fixed.flatMap((name) => {
        const own = agent.prompts[name]?.[language];
        return own === undefined ? phraseVariants(language, name) : [own];
      }),
    ];
    const sentences = texts.flatMap((text) => {
      const splitter = new SentenceSplitter();
      return [...splitter.push(text), ...splitter.flush()];
    });
    return [...new Set(sentences.map((sentence) => speakable(sentence, language)))]
      .filter((text) => text !== "")
      .map((text) => ({ text, language, style: agent.voice.style }));
  });
}
