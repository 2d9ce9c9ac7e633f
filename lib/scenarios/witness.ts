import type { Clock } from "../clock.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { Llm } from "../contracts/llm.ts";
import type { Tool, ToolContext } from "../contracts/tool.ts";
import type { IdentityLevel } from "../actions/identity.ts";

/** Something that no event of the call tells. */
export type Sighting =
  & { wallMs: number }
  & (
    | { type: "line_begins"; line: number }
    | { type: "ran"; name: string; effect: Tool["effect"]; args: Record<string, unknown> }
    | { type: "proposed"; name: string; args: Record<string, unknown> }
    | { type: "proved"; level: IdentityLevel | "locked" }
    | { type: "model_given"; text: string }
  );

/** Everything that was seen of one call, for the judge. */
export interface Evidence {
  sightings: Sighting[];
  events: CallEvent[];
  startedWallMs: number;
  callerHungUp: boolean;
  /** How often the caller was asked again and said the same once more. */
  repeats?: number;
  /** Why the call could not be acted to its end. */
  broken?: string;
}

type Seen = Sighting extends infer One ? One extends Sighting ? Omit<One, "wallMs"> : never : never;

/** Stands beside the model and the tools of one call, and writes down what they get and do. */
export class Witness {
  readonly sightings: Sighting[] = [];

  constructor(readonly clock: Clock) {}

  note(seen: Seen): void {
    this.sightings.push({ ...seen, wallMs: this.clock.wallMs() } as Sighting);
  }

  llm(llm: Llm): Llm {
    return (request, signal) => {
      this.note({ type: "model_given", text: JSON.stringify([request.system, request.messages]) });
      return llm(request, signal);
    };
  }

  tool(tool: Tool): Tool {
    return {
      ...tool,
      ...(tool.confirm && {
        confirm: (args, language) => {
          this.note({ type: "proposed", name: tool.name, args });
          return tool.confirm!(args, language);
        },
      }),
      run: async (args, context) => {
        const result = await tool.run(args, this.#watched(context));
        this.note({ type: "ran", name: tool.name, effect: tool.effect, args });
        return result;
      },
    };
  }

  #watched(context: ToolContext): ToolContext {
    return {
      ...context,
      proveIdentity: (level, matched) => {
        const result = context.proveIdentity(level, matched);
        if (result === "raised") this.note({ type: "proved", level });
        if (result === "locked") this.note({ type: "proved", level: "locked" });
        return result;
      },
    };
  }
}
