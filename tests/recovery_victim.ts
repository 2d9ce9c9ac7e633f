/** Serves one call as a bridge does, until it is killed: arguments are the store's file and a stage. */
import { systemClock } from "../lib/clock.ts";
import { startHeartbeat } from "../lib/server/heartbeat.ts";
import { openStore } from "../lib/store/kv_store.ts";

const [path, state] = Deno.args;
const store = await openStore({ clock: systemClock, path });
const ownerId = "victim";
await startHeartbeat({ owners: store, clock: systemClock, ownerId, onError: console.error });
await store.update("HD_1", (record) => ({
  ...record,
  stage: "streaming",
  streamStartedMs: systemClock.wallMs() - 30_000,
  callerNumber: "+254712345678",
  owner: ownerId,
  handOver: state === "talking" ? undefined : {
    state: state === "connected" ? "connected" : "attempting",
    strategy: "supervision",
    reason: "wants a refund",
    brief: "Refund for March.",
    target: { number: "+254700000009" },
    reference: state === "promised" ? "482917" : undefined,
    promisedMs: state === "promised" ? systemClock.wallMs() : undefined,
  },
}));
await store.append("HD_1", [
  {
    type: "started",
    engines: { stt: "", llm: "", tts: "" },
    callId: "HD_1",
    seq: 0,
    atMs: 0,
    wallMs: 0,
  },
]);
console.log("ready");
