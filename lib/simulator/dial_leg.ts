import { FRAME_SAMPLES } from "../audio/pcm.ts";
import type { Leg } from "./leg.ts";
import type { DialledPhone, DialOutcome } from "./leg_services.ts";
import { ringingTone } from "./noises.ts";
import { playToParty } from "./play_to_party.ts";
import type { DialVerb } from "./verbs.ts";

/** Makes phones ring and puts the party through to the one that answers, until either hangs up. */
export async function dial(leg: Leg, verb: DialVerb): Promise<DialOutcome> {
  const { clock, ownedNumbers } = leg.services;
  leg.note({ type: "dialled", targets: verb.targets, callerId: verb.callerId });
  const isForeign = verb.callerId && ownedNumbers && !ownedNumbers.includes(verb.callerId);
  const phones = verb.targets.map((target) => ({ target, ...leg.services.dial(target) }));
  const { phone, outcome, ringMs } = isForeign
    ? { phone: phones[0], outcome: "failed" as const, ringMs: 0 }
    : ring(phones, verb.timeoutS * 1000);
  await playToParty(leg, ringingTone(ringMs));
  const answeredMs = clock.now();
  if (outcome === "answered" && !leg.end) await putThrough(leg, phone);
  const lastedMs = outcome === "answered" ? Math.round(clock.now() - answeredMs) : 0;
  leg.note({ type: "dial_ended", target: phone.target, outcome, lastedMs });
  return outcome;
}

type Phone = DialledPhone & { target: string };

/** All phones ring at once; the first to be answered in time wins, else the first one's fate counts. */
function ring(phones: Phone[], timeoutMs: number) {
  const answering = phones
    .filter((phone) => phone.outcome === "answered" && phone.ringMs <= timeoutMs)
    .sort((a, b) => a.ringMs - b.ringMs)[0];
  if (answering) {
    return { phone: answering, outcome: "answered" as const, ringMs: answering.ringMs };
  }
  const phone = phones[0];
  if (phone.outcome === "answered" || phone.outcome === "no-answer") {
    return { phone, outcome: "no-answer" as const, ringMs: timeoutMs };
  }
  return { phone, outcome: phone.outcome, ringMs: Math.min(phone.ringMs, timeoutMs) };
}

async function putThrough(leg: Leg, phone: Phone): Promise<void> {
  leg.answer();
  leg.note({ type: "put_through", target: phone.target });
  const { person } = phone;
  await new Promise<void>((hungUp) => {
    leg.listenTo((said) => {
      const theirs = person?.next(said);
      if (theirs?.hangUp) hungUp();
      return theirs?.samples ?? new Int16Array(FRAME_SAMPLES);
    });
    leg.whenOver.then(hungUp);
  });
  leg.listenTo();
}
