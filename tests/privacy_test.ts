import assert from "node:assert/strict";
import fc from "fast-check";
import { loadKnowledge } from "../lib/knowledge.ts";
import { knownLanguages, language } from "../lib/languages/languages.ts";
import { spelledDigits } from "../lib/languages/spelling.ts";
import { claimsIn, provenBy, unprovenClaim } from "../lib/privacy/claims.ts";
import { isLuhn } from "../lib/privacy/luhn.ts";
import { createMasker, type RuleName } from "../lib/privacy/mask.ts";
import { secretAskedFor } from "../lib/privacy/secret_requests.ts";
import { dropSpokenSecrets } from "../lib/privacy/spoken_secret.ts";
import { FakeClock } from "./fake_clock.ts";

const mask = createMasker();
const nothing = new Set<string>();

Deno.test("personal numbers keep their last three digits, written or spoken", () => {
  const cases: [string, string][] = [
    ["Call 0712 345 678 now", "Call …678 now"],
    ["+254712345678", "…678"],
    ["+254-712-345-678, thanks", "…678, thanks"],
    ["zero seven one two three four five six seven eight please", "…678 please"],
    ["nambari ni sifuri saba moja mbili, tatu nne tano, sita saba nane", "nambari ni …678"],
    ["zéro six douze trente-quatre cinquante-six soixante-dix-huit", "…678"],
    ["ID 12345678", "ID …678"],
    ["card 4111 1111 1111 1111 ok", "card …111 ok"],
    ["code QFX32AB9CD", "code …9CD"],
    ["write to amina.otieno@acme.co.ke please", "write to [e-mail] please"],
    ["my pin is 1234", "my pin is"],
  ];
  for (const [text, masked] of cases) assert.equal(mask(text), masked);
});

Deno.test("amounts, dates, tickets and short numbers are left alone", () => {
  const texts = [
    ...[
      "KES 1,234,567.50",
      "2026-11-25T14:30:00Z",
      "paid on 25/11/2026",
      "TKT-4821",
      "till 247247",
      "2 routers",
    ],
    ...["I paid two million five hundred thousand", "a million thanks", "shilingi milioni mbili"],
    ...["elfu moja mia mbili", "five days or six", "ROUTER202"],
  ];
  for (const text of texts) assert.equal(mask(text), text);
});

Deno.test("each rule can be switched off, and only that rule", () => {
  const samples: Record<RuleName, string> = {
    phone: "0712 345 678",
    national_id: "23456781",
    card: "4111 1111 1111 1111",
    email: "a@b.co.ke",
    mpesa_code: "QFX32AB9CD",
    secret: "my pin is 1234",
  };
  for (const rule of Object.keys(samples) as RuleName[]) {
    const without = createMasker({ [rule]: false });
    for (const [name, text] of Object.entries(samples)) {
      assert.equal(without(text) === text, name === rule, `${rule} off, ${name}`);
    }
  }
});

Deno.test("no way of writing or saying a phone number gets through", () => {
  const writes = [
    (digits: string) => `0${digits}`,
    (digits: string) => `+254${digits}`,
    (digits: string) => `254 ${digits.slice(0, 3)} ${digits.slice(3)}`,
    (digits: string) => [...`0${digits}`].join(" "),
    (digits: string) => `0${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`,
    (digits: string) => `0${digits.slice(0, 3)} … ${digits.slice(3, 6)}, um, ${digits.slice(6)}`,
    ...knownLanguages().map((tag) => (digits: string) => spelledDigits(`0${digits}`, tag)),
  ];
  fc.assert(
    fc.property(fc.stringMatching(/^[17]\d{8}$/), fc.constantFrom(...writes), (digits, write) => {
      const masked = mask(`it is ${write(digits)}, thank you`);
      assert.equal(masked, `it is …${digits.slice(-3)}, thank you`);
      assert.equal(mask(masked), masked);
    }),
  );
});

Deno.test("a card number is known by its check digit", () => {
  assert.ok(isLuhn("4111111111111111"));
  assert.ok(!isLuhn("4111111111111112"));
  const cardOnly = createMasker({ phone: false, national_id: false });
  assert.equal(cardOnly("4111 1111 1111 1111"), "…111");
  assert.equal(cardOnly("4111 1111 1111 1112"), "4111 1111 1111 1112");
});

Deno.test("secrets that a caller says are dropped, in each language", () => {
  const cases: [string, string, string][] = [
    ["my pin is one two three four", "my pin is", "pin"],
    ["my pin number is um 4 4 2 1 please", "my pin number is um please", "pin"],
    ["PIN yangu ni 1234, sawa?", "PIN yangu ni, sawa?", "pin"],
    ["nambari ya siri ni moja mbili tatu nne", "nambari ya siri ni", "pin"],
    ["1234 is my PIN", "is my PIN", "pin"],
    ["9981 ndio PIN yangu", "ndio PIN yangu", "pin"],
    ["the OTP is 482 913", "the OTP is", "one_time_code"],
    ["cvv 123", "cvv", "cvv"],
    ["my password is Simba2020 okay", "my password is okay", "password"],
    ["nenosiri langu ni simba", "nenosiri langu ni", "password"],
    ["password: S1mb@!", "password:!", "password"],
    ["mon code pin est un deux trois quatre", "mon code pin est", "pin"],
    ["my pin is 1234 and my number is 0712345678", "my pin is and my number is 0712345678", "pin"],
  ];
  for (const [text, left, found] of cases) {
    assert.deepEqual(dropSpokenSecrets(text), { text: left, found }, text);
  }
});

Deno.test("talking about a secret is not giving it away", () => {
  const texts = [
    ...[
      "I forgot my PIN",
      "my password is not working",
      "my pin has 4 digits",
      "reset my password please",
    ],
    ...[
      "password haifanyi kazi",
      "nimesahau nambari ya siri",
      "the OTP is not coming",
      "I paid 1234 yesterday",
    ],
    ...["I tried my PIN 3 times", "mon mot de passe est incorrect"],
  ];
  for (const text of texts) assert.deepEqual(dropSpokenSecrets(text), { text }, text);
});

Deno.test("no PIN survives however it is said", () => {
  const says = [
    (pin: string) => `my pin is ${pin}`,
    (pin: string) => `hello, PIN yangu ni ${pin} asante`,
    (pin: string) => `${pin} is my pin`,
    ...knownLanguages().map((tag) => (pin: string) => `pin ${spelledDigits(pin, tag)}`),
  ];
  fc.assert(fc.property(fc.stringMatching(/^\d{4,6}$/), fc.constantFrom(...says), (pin, say) => {
    const { text, found } = dropSpokenSecrets(say(pin));
    assert.equal(found, "pin");
    assert.doesNotMatch(text, /\d/);
    assert.ok(text.split(" ").length <= 5, text);
  }));
});

Deno.test("a sentence that claims what nobody did is found out, in each language", () => {
  const claims: [string, string, string][] = [
    ["I have reset your password.", "en", "reset"],
    ["I've just sent you the link.", "en", "sent"],
    ["I’ve sent it.", "en", "sent"],
    ["We have refunded your payment.", "en", "paid"],
    ["You are now connected to an agent.", "en", "connected"],
    ["I'm transferring you now.", "en", "transferred"],
    ["Let me connect you.", "en", "connected"],
    ["Your plan has been upgraded.", "en", "changed"],
    ["I have opened a ticket for you.", "en", "opened"],
    ["I've scheduled a technician.", "en", "booked"],
    ["Your order has been cancelled.", "en", "cancelled"],
    ["Nimekutumia ujumbe.", "sw", "sent"],
    ["Nimebadilisha nenosiri lako.", "sw", "changed"],
    ["Nimeweka nenosiri lako upya.", "sw", "reset"],
    ["Ninakuunganisha na mhudumu sasa.", "sw", "connected"],
    ["Nimekurudishia pesa zako.", "sw", "paid"],
    ["Nimefungua tiketi.", "sw", "opened"],
    ["Je vous ai envoyé le lien.", "fr", "sent"],
    ["J'ai réinitialisé votre mot de passe.", "fr", "reset"],
    ["Je vous transfère.", "fr", "transferred"],
  ];
  for (const [sentence, tag, action] of claims) {
    assert.equal(unprovenClaim(sentence, tag, nothing), action, sentence);
    assert.equal(
      unprovenClaim(sentence, tag, new Set(claimsIn(sentence, tag))),
      undefined,
      sentence,
    );
  }
});

Deno.test("offers, conditions, questions about the past and refusals are no claims", () => {
  const sentences: [string, string][] = [
    ["I can send you the link if you like.", "en"],
    ["Shall I reset it?", "en"],
    ["I haven't sent anything.", "en"],
    ["Once I have sent it, you will see it.", "en"],
    ["Nothing has been changed.", "en"],
    ["Have you paid?", "en"],
    ["Your order was delivered yesterday.", "en"],
    ["I'll try to get a person for you.", "en"],
    ["Naweza kukutumia ujumbe.", "sw"],
    ["Bado sijatuma.", "sw"],
    ["Je, nikutumie ujumbe?", "sw"],
    ["Rien n'a été changé.", "fr"],
    ["Je peux vous envoyer le lien.", "fr"],
  ];
  for (const [sentence, tag] of sentences) {
    assert.equal(unprovenClaim(sentence, tag, nothing), undefined, sentence);
  }
});

Deno.test("a tool proves what its name and its own sentence say, and nothing else", () => {
  const done = new Set(
    provenBy({ name: "reset_password", say: "I have sent a new password to your phone." }, "en"),
  );
  assert.equal(unprovenClaim("I have reset your password.", "en", done), undefined);
  assert.equal(unprovenClaim("I've sent it to you.", "en", done), undefined);
  assert.equal(unprovenClaim("I have refunded you.", "en", done), "paid");
});

Deno.test("a sentence that asks for a secret is found out, in each language", () => {
  const asking: [string, string, string][] = [
    ["en", "What is your M-Pesa PIN?", "pin"],
    ["en", "Please tell me your current password.", "password"],
    ["en", "Could I have the security code?", "cvv"],
    ["en", "I'll need your OTP.", "one_time_code"],
    ["sw", "Naomba PIN yako.", "pin"],
    ["sw", "Nenosiri lako ni lipi? Yaani, nenosiri ni nini?", "password"],
    ["sw", "Niambie namba yako ya siri", "pin"],
    ["fr", "Quel est votre mot de passe ?", "password"],
    ["fr", "Donnez-moi votre code secret.", "pin"],
  ];
  for (const [tag, sentence, kind] of asking) {
    assert.equal(secretAskedFor(sentence, tag), kind, sentence);
  }
  const harmless: [string, string][] = [
    ["en", "We never ask for your M-Pesa PIN, your password or a code from an SMS."],
    ["en", "Don't tell me your PIN."],
    ["en", "Open the app, choose Forgot PIN, and follow the steps with your ID card."],
    ["en", "I will send a link for a new password by SMS to the number of your account."],
    ["en", "To reset the password, tell me your account number."],
    ["en", "Enter your M-Pesa PIN on your own phone to confirm."],
    ["en", "What is your account number?"],
    ["sw", "Hatuulizi kamwe PIN yako, nenosiri wala msimbo wa SMS."],
    ["sw", "Namba ya akaunti yako ni ipi?"],
    ["fr", "Ne donnez votre code secret à personne."],
    ["fr", "Quel est votre numéro de compte ?"],
  ];
  for (const [tag, sentence] of harmless) {
    assert.equal(secretAskedFor(sentence, tag), undefined, sentence);
  }
  assert.equal(secretAskedFor("What is the OTP?", "en", ["one_time_code"]), undefined);
});

Deno.test("nothing that the agent says by itself asks for a secret", async () => {
  for (const tag of knownLanguages()) {
    const { phrases, brain } = language(tag);
    const said = [...Object.values(phrases).flat(), ...Object.values(brain.ask)];
    for (const text of said) assert.equal(secretAskedFor(text, tag), undefined, text);
  }
  for (const folder of ["agent", "templates/isp", "templates/fintech", "templates/shop"]) {
    const knowledge = await loadKnowledge(`${folder}/knowledge`, { clock: new FakeClock() });
    for (const { text, language } of knowledge.passages()) {
      for (const sentence of text.split(/(?<=[.!?]) /)) {
        assert.equal(secretAskedFor(sentence, language), undefined, sentence);
      }
    }
  }
});
