const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;
const SECRET = /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Names of the values that a text has places for. */
export function placeholdersOf(text: string): string[] {
  return [...text.replace(SECRET, "").matchAll(PLACEHOLDER)].map(([, name]) => name);
}

/** Names of the variables that a text takes secrets from. */
export function secretsOf(text: string): string[] {
  return [...text.matchAll(SECRET)].map(([, name]) => name);
}

/** Puts secrets in; those that are not set become nothing. */
export function withSecrets(text: string, env: Record<string, string | undefined>): string {
  return text.replace(SECRET, (_, name: string) => env[name] ?? "");
}

/** Puts values into a text, each passed through `encode`; absent ones become nothing. */
export function fill(
  text: string,
  values: Readonly<Record<string, unknown>>,
  encode: (value: string) => string = String,
): string {
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined || value === null ? "" : encode(asText(value));
  });
}

/**
 * Puts values into a tree of JSON. A text that is nothing but one place becomes the value itself,
 * and a field whose value is absent is left out.
 */
export function fillTree(tree: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof tree === "string") {
    const whole = /^\{([a-z][a-z0-9_]*)\}$/.exec(tree)?.[1];
    return whole === undefined ? fill(tree, values) : values[whole];
  }
  if (Array.isArray(tree)) return tree.map((one) => fillTree(one, values));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree)
      .map(([name, one]) => [name, fillTree(one, values)] as const)
      .filter(([_, one]) => one !== undefined),
  );
}

/** Every text in a tree of JSON. */
export function textsIn(tree: unknown): string[] {
  if (typeof tree === "string") return [tree];
  if (typeof tree !== "object" || tree === null) return [];
  return Object.values(tree).flatMap(textsIn);
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.map(asText).join(", ") : String(value);
}
