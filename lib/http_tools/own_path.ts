/** True for a path of the company's own system, which is at `BACKEND_URL`. */
export function isOwnPath(url: string): boolean {
  return /^\/(?![/\\])/.test(url);
}
