/** A piece of text that is spoken in one go, and the pause after it. */
export interface SpeechSlice {
  text: string;
  pauseMs: number;
}

/** Pauses at the end of a sentence and of a clause, as a calm speaker makes them. */
const SENTENCE_PAUSE_MS = 300;
const CLAUSE_PAUSE_MS = 160;
/** Where a long clause had to be cut between words. */
const CUT_PAUSE_MS = 20;
/** Silence after the last word, so that the next sentence doesn't run into it. */
const FINAL_PAUSE_MS = 120;

/** Clauses shorter than this stay together: cut apart, each would fall in pitch like a sentence. */
const JOINED_LENGTH = 60;
/** About 10 s of speech, which takes about 200 ms to make. */
const MAX_SLICE_LENGTH = 160;

/**
 * Cuts text into slices that are quick to synthesise, at sentence ends and, in long sentences, at
 * clause ends; text without letters or digits gives none. Only plain ASCII comes out.
 */
export function speechSlices(text: string, { everyClause = false } = {}): SpeechSlice[] {
  const slices: SpeechSlice[] = [];
  for (const sentence of plain(text).match(/[^.!?]+(?:[.!?]+(?!\s|$)[^.!?]+)*[.!?]*/g) ?? []) {
    const clauses = sentence.match(/[^,;:]+[,;:]*/g) ?? [];
    let held = "";
    for (const clause of clauses) {
      const joined = (held + clause).trim();
      if (held && (everyClause || joined.length > JOINED_LENGTH)) {
        slices.push(...cut(held.trim(), CLAUSE_PAUSE_MS));
        held = clause;
      } else held = held + clause;
    }
    slices.push(...cut(held.trim(), SENTENCE_PAUSE_MS));
  }
  const last = slices.at(-1);
  if (last) last.pauseMs = FINAL_PAUSE_MS;
  return slices;
}

/** Cuts text that is too long for one slice between words. */
function cut(text: string, pauseMs: number): SpeechSlice[] {
  const slices: SpeechSlice[] = [];
  while (text.length > MAX_SLICE_LENGTH) {
    const space = text.lastIndexOf(" ", MAX_SLICE_LENGTH);
    const end = space > 0 ? space : MAX_SLICE_LENGTH;
    slices.push({ text: text.slice(0, end), pauseMs: CUT_PAUSE_MS });
    text = text.slice(end).trim();
  }
  slices.push({ text, pauseMs });
  return slices.filter((slice) => /[a-z0-9]/i.test(slice.text));
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'")
    .replace(/[–—]/g, ", ").replace(/&/g, " and ")
    .replace(/[^\x20-\x7e]|[<>"]/g, " ").replace(/\s+/g, " ").trim();
}
