import type { HandOverStrategy } from "./strategy.ts";

/**
 * Puts strategies into the order in which they are named; without names they stay as they are.
 *
 * @throws {RangeError} when one is named that is not there
 */
export function inOrder(
  strategies: HandOverStrategy[],
  order: string[] | undefined,
): HandOverStrategy[] {
  if (!order) return strategies;
  return order.filter((name) => name !== "callback_promise").map((name) => {
    const strategy = strategies.find((other) => other.name === name);
    if (strategy) return strategy;
    const known = [...strategies.map((other) => other.name), "callback_promise"].join(", ");
    throw new RangeError(
      `Cannot use hand-over strategy ${name}: it must be one of ${known}; supervision and ` +
        "conference need SAUTIKIT_API_KEY",
    );
  });
}
