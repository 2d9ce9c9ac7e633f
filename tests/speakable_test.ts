import assert from "node:assert/strict";
import fc from "fast-check";
import { knownLanguages } from "../lib/languages/languages.ts";
import { speakable } from "../lib/speaking/speakable.ts";

/** Written form and what is said, by language. */
const cases: Record<string, [string, string][]> = {
  en: [
    [
      "Your balance is KES 1,234.50.",
      "Your balance is one thousand two hundred thirty-four shillings and fifty cents.",
    ],
    ["Ksh. 1", "one shilling"],
    [
      "KES 0.50 or 300/= or Ksh5k",
      "fifty cents or three hundred shillings or five thousand shillings",
    ],
    ["It is -KES 20.", "It is minus twenty shillings."],
    ["$5.25", "five dollars and twenty-five cents"],
    ["50% off, 3-5 days", "fifty percent off, three to five days"],
    ["at 14:30 or 2pm", "at two thirty in the afternoon or two in the afternoon"],
    ["00:00, 12:00, 8:05", "midnight, noon, eight oh five in the morning"],
    ["8:00-17:00", "eight in the morning to five in the evening"],
    ["on 2026-11-25", "on the twenty-fifth of November, two thousand twenty-six"],
    ["on 25/11/2026", "on the twenty-fifth of November, two thousand twenty-six"],
    ["25 November, 3rd Dec", "the twenty-fifth of November, the third of December"],
    ["Call 0712 345 678.", "Call zero seven one two, three four five, six seven eight."],
    ["Call 0712345678.", "Call zero seven one two, three four five, six seven eight."],
    ["+254712345678", "plus two five four, seven one two, three four five, six seven eight"],
    ["till 247247", "till two four seven, two four seven"],
    [
      "Paybill number: 888880, account 12345",
      "Paybill number eight eight eight, eight eight zero, account one two three, four five",
    ],
    ["ticket TKT-4821", "ticket T K T, four eight two one"],
    ["code QFX32AB9CD", "code Q F X, three two, A B, nine, C D"],
    ["the 1st, 2nd and 21st", "the first, second and twenty-first"],
    ["20 Mbps, 1 GB, 5GHz, 4G", "twenty megabits per second, one gigabyte, five gigahertz, four G"],
    ["12,500 people, 0.75", "twelve thousand five hundred people, zero point seven five"],
    ["24/7 in a 24-hour shop", "twenty-four seven in a twenty-four hour shop"],
    ["Mr. Kamau, e.g. I said no.", "Mister Kamau, for example I said no."],
    ["## Steps\n- **Restart** it\n- [Call us](https://a.ke)", "Steps. Restart it. Call us"],
    ["<b>Hi</b> 😀 [laugh] `code`", "Hi code"],
    ["See https://www.acme.co.ke/pay.", "See acme dot co dot ke slash pay."],
    ["help@acme.com", "help at acme dot com"],
    ["٣٤ and ½", "thirty-four and one slash two"],
    ["😀 🎉", ""],
    [
      "meter number 12345678901",
      "meter number one two three, four five six, seven eight nine, zero one",
    ],
  ],
  sw: [
    [
      "Salio lako ni KES 1,234.50.",
      "Salio lako ni shilingi elfu moja mia mbili thelathini na nne na senti hamsini.",
    ],
    ["shilingi 500", "shilingi mia tano"],
    ["asilimia 50 au 50%", "asilimia hamsini au asilimia hamsini"],
    ["saa 2:30 asubuhi", "saa mbili na nusu asubuhi"],
    ["14:45", "saa tisa kasorobo mchana"],
    ["7:00", "saa moja asubuhi"],
    ["tarehe 25/11/2026", "tarehe ishirini na tano Novemba, mwaka wa elfu mbili ishirini na sita"],
    ["GB 5 kwa dakika 30", "gigabaiti tano kwa dakika thelathini"],
    ["Piga 0712 345 678", "Piga sifuri saba moja mbili, tatu nne tano, sita saba nane"],
    ["nambari ya akaunti 12345", "nambari ya akaunti moja mbili tatu, nne tano"],
    ["masaa 24", "masaa ishirini na nne"],
  ],
  fr: [
    ["KES 1,234.50", "mille deux cent trente-quatre shillings et cinquante centimes"],
    ["le 1er mai à 14h30", "le premier mai à quatorze heures trente"],
    ["1,5 Go ou 1 000 personnes", "un virgule cinq gigaoctets ou mille personnes"],
    ["50 %", "cinquante pour cent"],
    ["71, 80, 99", "soixante et onze, quatre-vingts, quatre-vingt-dix-neuf"],
  ],
};

for (const [tag, pairs] of Object.entries(cases)) {
  Deno.test(`written things are said as words in ${tag}`, () => {
    for (const [text, said] of pairs) assert.equal(speakable(text, tag), said);
  });
}

Deno.test("plain words stay as they are", () => {
  const plain = [
    "I've checked it, and your internet should be back by tomorrow morning. Is there anything else?",
    "Asante kwa kupiga simu. Ng'ombe wako ni wazuri!",
    "M-Pesa and Wi-Fi are up-to-date; okay…",
  ];
  for (const text of plain) {
    for (const tag of knownLanguages()) assert.equal(speakable(text, tag), text);
  }
});

const pieces = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((date) => date.toISOString()),
  fc.float({ noNaN: true }).map(String),
  fc.constantFrom(...Object.values(cases).flat().map(([text]) => text)),
  fc.constantFrom(..."** |KES |%|\n- | till |:|-|/|.|,| saa |[a](b)|<x>|#|pm| |…".split("|")),
);

Deno.test("nothing that is spoken has digits, markup or emoji", () => {
  for (const tag of knownLanguages()) {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
        const said = speakable(parts.join(""), tag);
        assert.doesNotMatch(said, /[\p{Nd}*_#<>[\]{}|`~@&=+\p{Extended_Pictographic}]/u);
        assert.ok(said === "" || /\p{L}/u.test(said));
      }),
      { numRuns: 300 },
    );
  }
});

Deno.test("what is speakable already stays as it is", () => {
  const written = fc.constantFrom(...Object.values(cases).flat().map(([text]) => text));
  for (const tag of knownLanguages()) {
    fc.assert(fc.property(fc.array(written, { maxLength: 3 }), (parts) => {
      const said = speakable(parts.join(" "), tag);
      assert.equal(speakable(said, tag), said);
    }));
  }
});
