/**
 * Full language tags for one model, as long as it takes them. Models differ in which regions they
 * know and refuse the others; all of them tell languages apart without being told.
 */
export class LocaleHints {
  #refused = false;

  /** @param locale makes `sw-KE` of `sw` */
  constructor(readonly locale: (tag: string) => string) {}

  of(tag: string): string | undefined {
    return this.#refused ? undefined : this.locale(tag);
  }

  all(tags: string[]): string[] {
    return this.#refused ? [] : tags.map(this.locale);
  }

  /** True when the model refused a request for its languages: it may be sent again without them. */
  refusedBy(error: unknown): boolean {
    const { status, message } = error as { status?: number; message?: string };
    // A socket has no status: the service closes it with code 1007.
    const isRefusal = status === 400 || /\b1007\b/.test(message ?? "");
    if (this.#refused || !isRefusal || !/language/i.test(message ?? "")) return false;
    return this.#refused = true;
  }
}
