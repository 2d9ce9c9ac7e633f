import { faults } from "./faults.ts";
import { callWithFault, type Verdict } from "./support_call.ts";

/** One fault of the list, and how many calls to make through it. */
export interface Job {
  index: number;
  seeds: number;
}

const host = self as unknown as Worker;

host.onmessage = async ({ data }: MessageEvent<Job>) => {
  const fault = faults()[data.index];
  const verdicts: Verdict[] = [];
  for (let seed = 1; seed <= data.seeds; seed++) verdicts.push(await callWithFault(fault, seed));
  host.postMessage(verdicts);
};
