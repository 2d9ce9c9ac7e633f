import type { Clock } from "../clock.ts";
import { PlatformError } from "../platform/platform_error.ts";
import { createPlatformClient } from "../platform/rest_client.ts";
import type { Settings } from "../settings.ts";
import { type Finding, green, red, yellow } from "./finding.ts";

/** Looks whether the platform's API lets us in, without which no call can be hung up. */
export async function checkPlatform(
  { sautikit: { apiKey, baseUrl } }: Settings,
  clock: Clock,
  signal: AbortSignal,
): Promise<Finding> {
  if (!apiKey) {
    return yellow(
      "SAUTIKIT_API_KEY is not set: calls can't be hung up, nor people be brought into them",
      "set it to a key with the scopes calls.read and calls.supervise",
    );
  }
  try {
    const client = createPlatformClient({ apiKey, baseUrl, clock });
    for await (const _ of client.calls({}, signal)) break;
    return green(`${new URL(baseUrl).host} lets us in`);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return red(error.message, "check SAUTIKIT_API_KEY and SAUTIKIT_BASE_URL");
  }
}
