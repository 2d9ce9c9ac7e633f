import { parseArgs } from "node:util";
import { faults } from "./faults.ts";
import { killForReal } from "./kills.ts";
import type { Job } from "./worker.ts";
import type { Verdict } from "./support_call.ts";

// Calls through every fault and prints what it came to; ends with 1 when anything is not 0.

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    "kill-seeds": { type: "string", default: "20" },
    only: { type: "string", default: "" },
  },
});
const seeds = Number(values.seeds);
const killSeeds = Number(values["kill-seeds"]);
const MAX_STORIES = 3;

interface Row {
  name: string;
  calls: number;
  lost: number;
  promises: number;
  writes: number;
  silent: number;
}

const rows: Row[] = [];
let stories = 0;

console.log(
  `Method: a caller has something changed, asks for it again and wants a person, ${seeds} times
for each fault, with another ringing time, outcome and moment each; the whole bridge and the whole
simulated platform on a clock of their own. Processes "killed" end with SIGKILL, in real time, with
twenty calls each.
A call is lost when it does not end, or its record has no end or no outcome. Silence is neither side
making a sound for over 5 s.\n`,
);
console.log(line("fault", "calls", "lost", "promises lost", "written twice", "silent"));
const chosen = faults().flatMap(({ name }, index) =>
  name.includes(values.only) ? [{ name, index }] : []
);
const workers = Array.from(
  { length: navigator.hardwareConcurrency },
  () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
);
const jobs = chosen[Symbol.iterator]();
await Promise.all(workers.map(async (worker) => {
  for (const { name, index } of jobs) {
    const verdicts = await ask(worker, { index, seeds });
    report(name, verdicts);
    tellStories(verdicts);
  }
  worker.terminate();
}));
if (killSeeds > 0 && "process killed".includes(values.only)) {
  const progress = (seed: number, verdicts: Verdict[]) => {
    console.error(`killed ${seed} of ${killSeeds} processes`);
    tellStories(verdicts);
  };
  for (const { name, verdicts } of await killForReal(killSeeds, progress)) report(name, verdicts);
}
const bad = rows.filter(({ lost, promises, writes, silent }) =>
  lost + promises + writes + silent > 0
);
const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
console.log(line(
  "all",
  sum((row) => row.calls),
  sum((row) => row.lost),
  sum((row) => row.promises),
  sum((row) => row.writes),
  sum((row) => row.silent),
));
console.log(bad.length === 0 ? "Clean." : `Not clean: ${bad.map(({ name }) => name).join("; ")}`);
Deno.exit(bad.length === 0 ? 0 : 1);

function ask(worker: Worker, job: Job): Promise<Verdict[]> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(job);
  });
}

function report(name: string, verdicts: Verdict[]): void {
  const count = (of: (verdict: Verdict) => number) =>
    verdicts.reduce((all, verdict) => all + of(verdict), 0);
  const row: Row = {
    name,
    calls: verdicts.length,
    lost: count(({ callsLost }) => callsLost),
    promises: count(({ promisesLost }) => promisesLost),
    writes: count(({ writesTwice }) => writesTwice),
    silent: count(({ longSilences }) => longSilences),
  };
  rows.push(row);
  console.log(line(name, row.calls, row.lost, row.promises, row.writes, row.silent));
}

function tellStories(verdicts: Verdict[]): void {
  for (const { story } of verdicts) {
    if (story && stories++ < MAX_STORIES) console.error(story);
  }
}

function line(name: string, ...cells: (string | number)[]): string {
  return name.padEnd(72) + cells.map((cell) => String(cell).padStart(14)).join("");
}
