import type { AppDeps } from "../server/app_deps.ts";
import { deadline } from "../clock.ts";

/** The store answers in milliseconds, or is as good as down. */
const STORE_MS = 1_000;

/** Tells whether new calls may be sent here, and which part is in the way. */
export async function readiness(deps: AppDeps): Promise<Response> {
  const { admission, sockets } = deps;
  const store = await storeAnswers(deps);
  const ready = store && !admission.draining;
  return Response.json({
    ready,
    store: store ? "up" : "down",
    draining: admission.draining,
    calls: sockets.count,
  }, { status: ready ? 200 : 503 });
}

async function storeAnswers({ store, clock }: AppDeps): Promise<boolean> {
  const limit = deadline(clock, STORE_MS);
  const late = new Promise<never>((_, reject) => {
    limit.signal.addEventListener("abort", () => reject(limit.signal.reason), { once: true });
  });
  try {
    await Promise.race([store.get("readyz"), late]);
    return true;
  } catch {
    return false;
  } finally {
    limit.clear();
  }
}
