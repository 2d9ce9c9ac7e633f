import type { CallRecord, CallStore } from "../contracts/call_record.ts";

/** Names that one message may give a call. */
const MAX_NAMES = 4;

/** Makes `ids` names of the call, so that later messages find it; another call's names stay its. */
export async function learnNames(
  ids: string[],
  record: CallRecord,
  store: CallStore,
): Promise<void> {
  const names = ids.filter((id) => id !== record.callId && !record.aliases.includes(id));
  for (const name of names.slice(0, MAX_NAMES)) {
    if (await store.get(name) === undefined) await store.alias(name, record.callId);
  }
}
