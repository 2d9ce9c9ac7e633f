import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";

const SECRET_BYTES = 32;

/**
 * Reads the secret that signs our tokens from `dataDir/token_secret`, making it on the first start.
 *
 * @throws {Error} when it can neither be read nor made
 */
export async function keepTokenSecret(dataDir: string): Promise<string> {
  const path = `${dataDir}/token_secret`;
  try {
    await Deno.mkdir(dataDir, { recursive: true });
    return await readSecret(path) ?? await makeSecret(path);
  } catch (cause) {
    throw new Error(
      `Cannot keep the token secret: ${path} must be a file that we may write, or TOKEN_SECRET ` +
        `must be set: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    const secret = (await Deno.readTextFile(path)).trim();
    if (secret.length >= SECRET_BYTES) return secret;
    throw new Error(`it must hold at least ${SECRET_BYTES} characters: received ${secret.length}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function makeSecret(path: string): Promise<string> {
  const secret = Buffer.from(randomBytes(SECRET_BYTES)).toString("base64url");
  // Written beside and linked, so that of two processes that start at once both read the same one.
  const draft = `${path}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(draft, secret + "\n", { createNew: true, mode: 0o600 });
  try {
    await Deno.link(draft, path);
    return secret;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    return (await readSecret(path))!;
  } finally {
    await Deno.remove(draft);
  }
}
