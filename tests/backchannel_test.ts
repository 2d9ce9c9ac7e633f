import assert from "node:assert/strict";
import { interruptionKind } from "../lib/hearing/backchannel.ts";
import { knownLanguages, language } from "../lib/languages/languages.ts";

Deno.test("backchannels in English, Swahili and Sheng are no interruption", () => {
  const texts = [
    ...["mm-hm", "Mm… ndio.", "Okay.", "yeah yeah", "uh-huh, okay", "I see.", "right", "got it"],
    ...["eeh", "sawa sawa", "Ndio, sawa.", "ehe", "poa", "fiti", "aisee", "naam"],
  ];
  for (const text of texts) assert.equal(interruptionKind(text), "backchannel", text);
});

Deno.test("words that only ask for silence stop the agent and are no turn", () => {
  const texts = [
    ...[
      "wait",
      "Wait, wait.",
      "stop",
      "No.",
      "hold on please",
      "okay stop",
      "excuse me",
      "no no no",
    ],
    ...["ngoja", "Subiri kidogo.", "hapana", "acha", "eeh ngoja", "samahani, ngoja kidogo"],
  ];
  for (const text of texts) assert.equal(interruptionKind(text), "stop", text);
});

Deno.test("anything that says more is a turn", () => {
  const texts = [
    ...[
      "wait, that is not my number",
      "no, I said Tuesday",
      "yes but what does it cost",
      "my account",
      "ndio lakini",
    ],
    ...[
      "ngoja, nina swali",
      "sijui",
      "nini?",
      "how much",
      "0712",
      "okay and the router",
      "hapana si hiyo nambari",
    ],
  ];
  for (const text of texts) assert.equal(interruptionKind(text), "speech", text);
});

Deno.test("sounds without words are nothing", () => {
  for (const text of ["", " … ", "[noise]", "(coughs)", "[music] <laugh>"]) {
    assert.equal(interruptionKind(text), "nothing", text);
  }
});

Deno.test("only the languages of the agent count", () => {
  assert.equal(interruptionKind("d'accord", ["fr"]), "backchannel");
  assert.equal(interruptionKind("d'accord", ["en", "sw"]), "speech");
});

Deno.test("every listed word does what its list says, in every language", () => {
  for (const tag of knownLanguages()) {
    const { backchannels, stops } = language(tag).turns;
    for (const text of stops) assert.equal(interruptionKind(text, [tag]), "stop", `${tag} ${text}`);
    for (const text of backchannels) {
      assert.equal(interruptionKind(text, [tag]), "backchannel", `${tag} ${text}`);
    }
  }
});
