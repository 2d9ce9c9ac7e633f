/** The caller is told when this much of the call is left. */
const WARN_BEFORE_END_MS = 60_000;
/** The call ends by force this long after its last permitted moment. */
const OVERTIME_MS = 3_000;

/** Knows how long a call may last; moments are milliseconds since the socket opened. */
export class TimeLimit {
  #warned = false;

  constructor(readonly maxCallMs: number) {}

  /** True when the call must end politely. */
  isUp(elapsedMs: number): boolean {
    return elapsedMs >= this.maxCallMs;
  }

  /** True when it must end even if something is stuck. */
  isOverrun(elapsedMs: number): boolean {
    return elapsedMs >= this.maxCallMs + OVERTIME_MS;
  }

  /** True once, when the caller should be told that the end is near. */
  mustWarn(elapsedMs: number): boolean {
    if (this.#warned || elapsedMs < this.maxCallMs - WARN_BEFORE_END_MS) return false;
    return this.#warned = true;
  }
}
