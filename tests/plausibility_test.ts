import assert from "node:assert/strict";
import { implausible } from "../lib/hearing/plausibility.ts";

const clear = { snrDb: 25, levelDb: -20, languages: ["en", "sw"] };

Deno.test("what callers say is plausible", () => {
  const said: [string, number][] = [
    ["My internet is not working since yesterday.", 2500],
    ["Thank you.", 600],
    ["yes", 300],
    ["zero zero zero zero zero", 2000],
    ["0712 345 678", 4500],
    ["no no no no", 1200],
    ["sawa sawa sawa sawa", 1500],
    ["Habari yako, nataka kujua salio langu.", 2600],
    ["Elle s'appelle Zoë", 1500],
  ];
  for (const [text, durationMs] of said) {
    assert.equal(implausible({ text, durationMs, ...clear }), undefined, text);
  }
});

Deno.test("invented and impossible transcripts are told from speech, each for its reason", () => {
  const invented: [string, number, Partial<typeof clear>, RegExp][] = [
    ["", 800, {}, /no words/],
    ["[noise] (coughs) …", 800, {}, /no words/],
    ["Thank you.", 700, { snrDb: 3 }, /silence/],
    ["Thank you.", 700, { levelDb: -60 }, /silence/],
    ["you", 120, {}, /silence/],
    ["Thanks for watching!", 1500, {}, /subtitles/],
    ["Subtitles by the Amara.org community", 1500, {}, /subtitles/],
    ["I would like to know the balance of my account please", 400, {}, /too many words/],
    ["Well then", 9000, {}, /too few words/],
    ["go to the go to the go to the go to the", 3000, {}, /repeated/],
    ["router router router router router", 3000, {}, /repeated/],
    ["aaaaaaaaaaaaaa", 2000, {}, /repeated/],
    ["Спасибо за просмотр", 1500, {}, /script/],
    ["ご視聴ありがとうございました", 1500, {}, /script/],
  ];
  for (const [text, durationMs, measured, reason] of invented) {
    assert.match(
      implausible({ text, durationMs, ...clear, ...measured }) ?? "plausible",
      reason,
      text,
    );
  }
});
