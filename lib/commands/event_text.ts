import type { CallEvent } from "../contracts/call_event.ts";
import type { Ink } from "./ink.ts";
import { type ScreenLine, seconds } from "./screen_line.ts";
import { formatWaterfall } from "./waterfall_text.ts";

/** Says what the bridge did; undefined when it is not worth a line. */
export function eventText(event: CallEvent, ink: Ink): ScreenLine | undefined {
  const { dim, green, yellow, red, cyan } = ink;
  switch (event.type) {
    case "started": {
      const { stt, llm, tts } = event.engines;
      return ["bridge", dim(`ears ${stt}, brain ${llm}, voice ${tts}`)];
    }
    case "caller_turn": {
      const sure = event.confidence === undefined ? "" : `  (${event.confidence.toFixed(2)})`;
      return ["heard", `“${event.text}”${dim(sure)}`];
    }
    case "not_understood":
      return ["heard", yellow(`nothing that makes sense (${event.reason})`)];
    case "looked_up":
      return ["looked up", dim(event.topic ?? "no topic answers it")];
    case "tool_call": {
      const result = event.ok ? green("ok") : red(event.error ?? "failed");
      return ["tool", `${event.name} ${result} ${dim(`${Math.round(event.durationMs)} ms`)}`];
    }
    case "agent_sentence":
      return ["agent", cyan(event.text)];
    case "prompt": // its sentences follow
      return ["bridge", dim(`prompt ${event.name}`)];
    case "filler":
      return ["agent", cyan(event.text) + dim("  (filler)")];
    case "held":
      return ["agent", yellow("holds its voice")];
    case "resumed":
      return ["agent", yellow("goes on")];
    case "barge_in":
      return ["agent", yellow(`is interrupted after ${seconds(event.heardMs)}`)];
    case "agent_turn":
      return event.interrupted ? ["agent", dim(`the caller heard “${event.heard}”`)] : undefined;
    case "digits":
      return ["heard", `keys ${event.digits}`];
    case "latency":
      return ["", dim(formatWaterfall(event.waterfall))];
    case "engine_fault":
      return ["bridge", red(`${event.provider} (${event.stage}) failed: ${event.fault}`)];
    case "engine_fallback": {
      const why = event.fault ? ` (${event.fault})` : "";
      return [
        "bridge",
        yellow(`${event.stage} falls back from ${event.from} to ${event.to}${why}`),
      ];
    }
    case "engine_slow":
      return ["bridge", yellow(`${event.stage} is slow, and is asked for less`)];
    case "hand_over": {
      const by = event.strategy ? ` by ${event.strategy}` : "";
      return [
        "bridge",
        `hand-over ${event.state}${by}${dim(event.reason ? `  ${event.reason}` : "")}`,
      ];
    }
    case "budget":
      return ["bridge", yellow(`the budget is ${event.step === "hard" ? "" : "nearly "}spent`)];
    case "cost": {
      const items = Object.entries(event.kes).filter(([, kes]) => kes > 0)
        .map(([item, kes]) => `${item} ${kes.toFixed(2)}`);
      const of = items.length > 0 ? ` (${items.join(", ")})` : "";
      const old = event.stale ? ", at prices that have run out" : "";
      return ["bridge", dim(`KES ${event.totalKes.toFixed(2)}${of}${old}`)];
    }
    case "hang_up_failed":
      return ["bridge", red("the platform did not confirm that it hung up")];
    case "ended":
      return ["bridge", event.reason + (event.outcome ? ` → ${event.outcome}` : "")];
  }
}
