import { FRAME_SAMPLES } from "../audio/pcm.ts";
import type { Leg } from "./leg.ts";
import { SampleQueue } from "./sample_queue.ts";

/** Plays samples to the party, `loop` times (0 is once, too), until they are heard or the leg is over. */
export async function playToParty(leg: Leg, samples: Int16Array, loop = 1): Promise<void> {
  if (leg.end || samples.length === 0) return;
  const queue = new SampleQueue();
  for (let i = 0; i < Math.max(1, loop); i++) queue.push(samples);
  await new Promise<void>((played) => {
    leg.listenTo(() => {
      const heard = new Int16Array(FRAME_SAMPLES);
      heard.set(queue.take(FRAME_SAMPLES));
      if (queue.length === 0) played();
      return heard;
    });
    leg.whenOver.then(played);
  });
  leg.listenTo();
}
