/** A tree of JSON with each of its texts changed. */
export function inTexts(tree: unknown, change: (text: string) => string): unknown {
  if (typeof tree === "string") return change(tree);
  if (Array.isArray(tree)) return tree.map((one) => inTexts(one, change));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([name, one]) => [name, inTexts(one, change)]),
  );
}
