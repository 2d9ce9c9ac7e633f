import type { LegEntry } from "../simulator/leg_log.ts";
import type { Ink } from "./ink.ts";
import { type ScreenLine, seconds } from "./screen_line.ts";

const SUPERVISOR = {
  connected: "has joined the call",
  ended: "has left the call",
  failed: "did not answer",
};

/** Says what the phone or the platform did; undefined when it is not worth a line. */
export function entryText(entry: LegEntry, ink: Ink): ScreenLine | undefined {
  const { dim, bold, red, yellow } = ink;
  switch (entry.type) {
    case "callback":
      if (entry.verbs.length === 0) return undefined;
      return ["platform", dim(`${entry.state}: told to ${entry.verbs.join(", ")}`)];
    case "callback_failed":
      return ["platform", red(`${entry.state}: ${entry.reason}`)];
    case "stream_open":
      return ["platform", dim("the stream is open")];
    case "stream_closed": {
      const reason = entry.reason ? `: ${entry.reason}` : "";
      return ["platform", dim(`the stream was closed by the ${entry.by} (${entry.code}${reason})`)];
    }
    case "second_stream":
      return ["platform", red(`a second stream was answered to ${entry.state}`)];
    case "line_begins":
      return ["caller", bold(entry.text) + yellow(entry.bargeIn ? "  (over the agent)" : "")];
    case "talked_over":
      return ["agent", yellow("speaks while the caller is speaking")];
    case "agent_silent":
      return ["agent", red(`silent for ${seconds(entry.waitedMs)}`)];
    case "key":
      return ["caller", `presses ${entry.keys}`];
    case "kill_audio":
      return ["agent", dim("drops what is still to be played (killAudio)")];
    case "said":
      return ["platform", `says “${entry.text}”`];
    case "clip_failed":
      return ["platform", red(entry.reason)];
    case "dialled":
      return ["platform", bold(`rings ${entry.targets.join(", ")}`)];
    case "put_through":
      return ["person", bold(`answers at ${entry.target}`)];
    case "dial_ended":
      return ["person", `${entry.outcome}, after ${seconds(entry.lastedMs)}`];
    case "joined_room":
      return ["platform", `the caller waits in ${entry.room}`];
    case "supervisor":
      return entry.state === "ringing"
        ? ["platform", bold(`rings ${entry.target}, to join in ${entry.mode} mode`)]
        : ["person", bold(SUPERVISOR[entry.state])];
    case "redirected":
      return ["platform", dim("follows a redirect")];
    case "verb_ignored":
      return ["platform", yellow(`does not know the verb ${entry.name}`)];
    case "held_in_silence":
      return ["platform", yellow("holds the caller in silence")];
    case "ended":
      return ["platform", entry.reason];
  }
}
