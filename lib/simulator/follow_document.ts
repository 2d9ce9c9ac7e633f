import { FRAME_SAMPLES } from "../audio/pcm.ts";
import { dial } from "./dial_leg.ts";
import { firstText } from "./first_text.ts";
import type { Leg } from "./leg.ts";
import { type ForkEnd, MediaFork } from "./media_fork.ts";
import { playToParty } from "./play_to_party.ts";
import type { Verb } from "./verbs.ts";

/** A leg whose stream has no `connect` is torn down this long after the fork started. */
const UNCONNECTED_MS = 1000;

/** Redirects and callbacks followed in one call; more means that documents go in circles. */
const MAX_DOCUMENTS = 50;

/** Does what a document says, and what the documents after it say, until the leg is over. */
export async function follow(leg: Leg, first: Verb[]): Promise<void> {
  let document: Verb[] = first;
  for (let documents = 1; documents <= MAX_DOCUMENTS; documents++) {
    const next = await followOne(leg, document);
    if (!next || leg.end) break;
    document = next;
  }
  leg.hangUp("platform", "the document was over");
}

/** Follows one document; the result is the document to go on with. */
async function followOne(leg: Leg, document: Verb[]): Promise<Verb[] | undefined> {
  for (const [at, verb] of document.entries()) {
    if (leg.end) return;
    const rest = document.slice(at + 1);
    if (verb.verb === "stream") return await stream(leg, verb, rest);
    if (verb.verb === "redirect") {
      leg.note({ type: "redirected", url: verb.url });
      return await leg.ask("Redirected", {}, verb.url);
    }
    if (verb.verb === "getDigits") return [...(await getDigits(leg, verb)), ...rest];
    if (verb.verb === "dial") {
      const outcome = await dial(leg, verb);
      if (leg.end) return;
      if (rest.length === 0) return await leg.ask("DialCompleted", { dialStatus: outcome });
    } else await simple(leg, verb);
  }
}

async function simple(leg: Leg, verb: Verb): Promise<void> {
  switch (verb.verb) {
    case "say":
      leg.answer();
      leg.note({ type: "said", text: verb.text });
      await clip(leg, leg.services.speak(verb.text, verb.language), verb.loop);
      break;
    case "play":
      leg.answer();
      leg.note({ type: "played", url: verb.url });
      await clip(leg, leg.services.fetchClip(verb.url), verb.loop);
      break;
    case "conference": {
      leg.answer();
      leg.note({ type: "joined_room", room: verb.room });
      const room = leg.services.room(verb.room);
      leg.listenTo((said) => room.exchange(leg, said));
      await leg.whenOver;
      room.leave(leg);
      break;
    }
    case "reject":
      leg.hangUp("bridge", `the call was rejected: ${verb.reason}`);
      break;
    case "hangup":
      leg.hangUp("bridge", "the document said to hang up");
      break;
    case "unknown":
      leg.note({ type: "verb_ignored", name: verb.name });
  }
}

/** A clip that can't be had is skipped, as on the platform. */
async function clip(leg: Leg, samples: Promise<Int16Array>, loop: number): Promise<void> {
  try {
    await playToParty(leg, await samples, loop);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    leg.note({ type: "clip_failed", reason: error.message });
  }
}

async function stream(
  leg: Leg,
  verb: Verb & { verb: "stream" },
  rest: Verb[],
): Promise<Verb[] | undefined> {
  const { clock, quirks, random, openSocket } = leg.services;
  leg.answer();
  const tell = (event: string) => {
    leg.emit(`stream.${event}` as "stream.started");
    if (verb.statusCallback && verb.statusEvents.includes(`stream-${event}`)) {
      leg.tellStatus(verb.statusCallback, `stream-${event}`, verb.name);
    }
  };
  const fork = new MediaFork({
    verb,
    clock,
    firstText: firstText(quirks.firstText ?? "metadata", leg.plan, verb),
    build: quirks.build,
    quirks: quirks.audio,
    random,
    openSocket,
    onOpen() {
      leg.note({ type: "stream_open" });
      tell("started");
      leg.edge("StreamStarted");
    },
    onText: (messageType) =>
      leg.note(
        messageType === "killAudio" ? { type: "kill_audio" } : { type: "text", messageType },
      ),
  });
  leg.fork = fork;
  leg.listenTo(() => fork.hear(FRAME_SAMPLES));
  const cancel = verb.connect ? () => {} : clock.at(
    clock.now() + UNCONNECTED_MS,
    () => leg.hangUp("platform", 'the stream had no connect="true", so nothing held the leg'),
  );
  const end: ForkEnd = await fork.ended;
  cancel();
  leg.fork = undefined;
  leg.note({ type: "stream_closed", ...end });
  tell(end.by === "failed" ? "error" : "stopped");
  leg.listenTo();
  if (leg.end) return;
  if (quirks.afterStream === "verbs") return rest;
  if (quirks.afterStream === "callback") {
    const state = end.by === "failed" ? "StreamError" : "StreamStopped";
    const verbs = await leg.ask(state, { streamSid: leg.plan.callId });
    if (verbs && verbs.length > 0) return verbs;
  }
  leg.note({ type: "held_in_silence" });
  await leg.whenOver;
}

async function getDigits(leg: Leg, verb: Verb & { verb: "getDigits" }): Promise<Verb[]> {
  leg.answer();
  let digits = "";
  const isComplete = Promise.withResolvers<void>();
  leg.collectDigits((key) => {
    if (key === verb.finishOnKey) return isComplete.resolve();
    digits += key;
    if (digits.length === verb.maxDigits) isComplete.resolve();
  });
  const waited = (async () => {
    for (const prompt of verb.prompts) await simple(leg, prompt);
    const { clock } = leg.services;
    let collected = -1;
    while (digits.length > collected) { // each key starts the wait anew
      collected = digits.length;
      await clock.until(clock.now() + verb.timeoutS * 1000, leg.over).catch(() => {});
    }
  })();
  await Promise.race([isComplete.promise, waited, leg.whenOver]);
  leg.collectDigits();
  leg.listenTo();
  leg.note({ type: "digits", digits });
  if (leg.end || digits === "") return [];
  return await leg.ask("DigitsCollected", { Digits: digits }) ?? [];
}
