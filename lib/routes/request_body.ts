import type { AppDeps } from "../server/app_deps.ts";
import type { Clock } from "../clock.ts";
import { checkSignature } from "../platform/signature.ts";
import { Problem } from "../server/problem.ts";

/** The platform's bodies have a few hundred bytes. */
export const MAX_BODY_BYTES = 65_536;
/** The platform gives up after 10 s. */
const BODY_MS = 5_000;

/**
 * Reads a body that the platform posted and checks who signed it.
 *
 * @throws {Problem} when it is too large, too slow, or not the platform's
 */
export async function readSignedBody(
  request: Request,
  { settings: { sautikit }, clock }: AppDeps,
): Promise<Uint8Array> {
  const body = await readBody(request, clock);
  const rules = {
    secrets: sautikit.signingSecrets,
    acceptBareHex: sautikit.acceptBareHexSignatures,
  };
  const header = request.headers.get("x-sautikit-signature") ?? undefined;
  checkSignature(body, header, rules, clock.wallMs());
  return body;
}

async function readBody(request: Request, clock: Clock): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  let late = false;
  const stopWaiting = clock.at(clock.now() + BODY_MS, () => {
    late = true;
    reader.cancel().catch(() => {});
  });
  const body = await readAll(reader).finally(stopWaiting);
  if (late) throw new Problem(408, `Cannot read the body: it must arrive within ${BODY_MS} ms`);
  return body;
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (true) {
    const { done, value } = await reader.read().catch(() => {
      throw new Problem(400, "Cannot read the body: it broke off before its end");
    });
    if (done) break;
    size += value.length;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new Problem(
        413,
        `Cannot read the body: it must have at most ${MAX_BODY_BYTES} bytes`,
      );
    }
    chunks.push(value);
  }
  if (chunks.length === 1) return chunks[0];
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
