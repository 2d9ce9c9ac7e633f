import type { Clock } from "../clock.ts";
import type { Owners } from "../store/owners.ts";

/** A caller of a dead process sits in silence, so death must be seen within seconds. */
export const BEAT_MS = 500;

/** Shows other processes that this one lives, until the returned function is called. */
export async function startHeartbeat(
  { owners, clock, ownerId, onError }: {
    owners: Owners;
    clock: Clock;
    ownerId: string;
    onError(error: unknown): void;
  },
): Promise<() => Promise<void>> {
  let stopped = false;
  let cancel = () => {};
  const beat = async () => {
    try {
      await owners.beat(ownerId);
    } catch (error) {
      onError(error);
    }
    if (!stopped) cancel = clock.at(clock.now() + BEAT_MS, () => void beat());
  };
  await beat();
  return async () => {
    stopped = true;
    cancel();
    await owners.retire(ownerId);
  };
}
