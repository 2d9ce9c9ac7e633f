/** Everything that is wrong in what a person wrote, each problem with where it is and how to mend it. */
export class ProblemsError extends Error {
  /** @param problems one line each */
  constructor(heading: string, readonly problems: string[], options?: ErrorOptions) {
    super(`${heading}:\n${problems.join("\n")}`, options);
  }
}
