import type { Settings } from "../settings.ts";
import { type Finding, red, wordsOf, worstOf, yellow } from "./finding.ts";

/** What people leave in when they copy an example. */
const PLACEHOLDER =
  /^(change.?me|secret|password|test|example|default|your.?(token|secret|key)|x+|1234\d*)/i;
/** Shorter ones can be tried out against one recorded signature. */
const MIN_LENGTH = 16;
/** As many as random words or numbers of 16 characters have; a repeated word has far fewer. */
const MIN_BITS = 48;

/** Looks whether the secrets that keep others out can be guessed. */
export async function checkSecrets(settings: Settings): Promise<Finding> {
  const { sautikit, tokenSecret, publicUrl, dataDir } = settings;
  const findings: Finding[] = [];
  const weigh = (name: string, secret: string) => {
    const why = weakness(secret);
    if (why) findings.push(red(`${name} ${why}`, "make one with: openssl rand -base64 32"));
  };
  if (tokenSecret) weigh("TOKEN_SECRET", tokenSecret);
  else findings.push(...await keptSecret(`${dataDir}/token_secret`, weigh));
  for (const secret of sautikit.signingSecrets) weigh("one of SAUTIKIT_SIGNING_SECRETS", secret);
  if (publicUrl?.startsWith("http:") && !isLocal(publicUrl)) {
    findings.push(yellow(
      "PUBLIC_URL is plain http, so callers' voices cross the internet in the open",
      "serve it over https",
    ));
  }
  return worstOf(findings, "long and random enough");
}

/** Says why a secret can be guessed; nothing when it can't. */
export function weakness(secret: string): string | undefined {
  if (PLACEHOLDER.test(secret)) return "is one that everybody tries first";
  if (secret.length < MIN_LENGTH) return `must have ${MIN_LENGTH} characters: ${secret.length}`;
  if (bitsOf(secret) < MIN_BITS) return "repeats itself, so that it can be guessed";
  return undefined;
}

/** Shannon's measure over the letters; a sample's own frequencies are all there is to go by. */
function bitsOf(secret: string): number {
  const counts = new Map<string, number>();
  for (const letter of secret) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / secret.length);
  return bits;
}

/** The secret that the bridge made itself must be ours alone. */
async function keptSecret(
  path: string,
  weigh: (name: string, secret: string) => void,
): Promise<Finding[]> {
  try {
    weigh(path, (await Deno.readTextFile(path)).trim());
    const { mode } = await Deno.stat(path);
    if (mode === null || (mode & 0o077) === 0) return [];
    return [yellow(`${path} can be read by other users`, `chmod 600 ${path}`)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return []; // made on the first start
    return [red(`${path} can't be read: ${wordsOf(error)}`, "give it to the user who runs this")];
  }
}

function isLocal(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
