/** The store could not do what was asked; the message says what and why. */
export class StoreError extends Error {
  override name = "StoreError";
}
