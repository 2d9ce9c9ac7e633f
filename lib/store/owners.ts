/** The processes that serve calls, so that one can tell that another has died. */
export interface Owners {
  /** Shows that a process lives. */
  beat(ownerId: string): Promise<void>;
  /** The last sign of life of each process; a value that stops changing belongs to a dead one. */
  beats(): Promise<Map<string, number>>;
  /** Takes a process off the list: it has stopped, or its calls were taken care of. */
  retire(ownerId: string): Promise<void>;
  /** Changes when a caller was erased, so that no process goes on remembering them. */
  erasures(): Promise<number>;
}
