import type { DialledPhone } from "../lib/simulator/leg_services.ts";
import type { BridgeWorld, PhoneCall } from "./bridge_world.ts";

/** Between two frames of a call that is up. */
const GONE_AFTER_MS = 200;

/**
 * A number of ours, as the platform reaches it: a leg of its own rings the bridge, and what is said
 * at one end is heard at the other, until either is gone.
 */
export function trunk(
  world: () => BridgeWorld,
  number: string,
  line: string,
  onLeg: (leg: PhoneCall) => void = () => {},
): DialledPhone {
  let leg: PhoneCall | undefined;
  let saidNear = new Int16Array();
  let saidFar = new Int16Array();
  let nearMs = 0;
  const begin = () => {
    const { clock } = world();
    const begun = world().ring([], {
      callerNumber: line,
      dialledNumber: number,
      party: {
        next(heard) {
          saidFar = heard.slice();
          const samples = saidNear.length === heard.length
            ? saidNear
            : new Int16Array(heard.length);
          return { samples, hangUp: clock.now() - nearMs > GONE_AFTER_MS };
        },
      },
    });
    onLeg(begun);
    return begun;
  };
  return {
    outcome: "answered",
    ringMs: 300,
    person: {
      next(heard) {
        nearMs = world().clock.now();
        saidNear = heard.slice();
        leg ??= begin();
        const samples = saidFar.length === heard.length ? saidFar : new Int16Array(heard.length);
        return { samples, hangUp: leg.call.leg.end !== undefined };
      },
    },
  };
}
