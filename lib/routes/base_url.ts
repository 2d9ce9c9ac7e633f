import type { Settings } from "../settings.ts";

/**
 * Tells where the platform reaches us, without a slash at the end: `PUBLIC_URL`, or else where this
 * request was sent to, as proxies and tunnels report it.
 */
export function baseUrl(request: Request, { publicUrl }: Settings): string {
  if (publicUrl) return publicUrl;
  const url = new URL(request.url);
  const protocol = request.headers.get("x-forwarded-proto")?.split(",")[0].trim();
  const host = request.headers.get("x-forwarded-host")?.split(",")[0].trim() ?? url.host;
  const written = `${protocol === "https" ? "https" : url.protocol.slice(0, -1)}://${host}`;
  return URL.canParse(written) ? new URL(written).origin : url.origin;
}
