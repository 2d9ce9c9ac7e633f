const REASONS: Record<number, string> = {
  400: "Bad request",
  401: "Not authorised",
  404: "Not found",
  405: "Method not allowed",
  408: "Request timeout",
  409: "Conflict",
  413: "Too large",
  426: "Upgrade required",
  429: "Too many requests",
  500: "Internal error",
  503: "Not available",
};

/** A request that can't be served; `detail` names the field, what it held, and what it must be. */
export class Problem extends Error {
  override name = "Problem";
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }

  /** Writes the problem as RFC 9457 has it. */
  toResponse(): Response {
    const title = REASONS[this.status] ?? "Error";
    const type = `urn:pokea:problem:${title.toLowerCase().replaceAll(" ", "-")}`;
    return new Response(
      JSON.stringify({ type, title, status: this.status, detail: this.detail }),
      {
        status: this.status,
        headers: { ...this.headers, "content-type": "application/problem+json" },
      },
    );
  }
}
