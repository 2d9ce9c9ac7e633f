import { type BridgeParts, startBridge } from "../bridge.ts";
import { systemClock } from "../clock.ts";
import { CallerVoices } from "../commands/caller_voice.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { EngineFactory } from "../engines/engine.ts";
import type { EngineName, Settings } from "../settings.ts";
import { Caller, personOnThePhone } from "../simulator/caller.ts";
import { prepareLines } from "../simulator/caller_lines.ts";
import { parseLine } from "../simulator/caller_script.ts";
import { seededRandom } from "../simulator/noises.ts";
import { onPhoneLine } from "../simulator/phone_line.ts";
import { startPlatform } from "../simulator/platform.ts";
import { saveCall, simulateCall } from "../simulator/simulate_call.ts";
import { calendarClock } from "./calendar_clock.ts";
import type { Company } from "./company.ts";
import { watchForAskingAgain } from "./asked_again.ts";
import type { Scenario } from "./scenario.ts";
import { stagedParts } from "./staged_parts.ts";
import { type Evidence, Witness } from "./witness.ts";

/** The number that the simulated caller rings. */
const AGENT_NUMBER = "+254711000000";
const API_KEY = "simulated-key";
const PERSON_SAYS = "Hello, I have read what you asked for. I will take it from here.";
const PERSON_STAYS_MS = 3_000;
const RING_MS = 1_500;
const MAX_CALL_MS = 240_000;
const SEED = 1;

export interface AudioOptions {
  /** Noise so far below the level of speech, on a narrow band with mu-law. */
  noiseDb: number;
  /** Keeps `call.wav` and `call.json` of each call below this directory. */
  saveTo?: string;
}

/** Where scenarios are acted as telephone calls: voices and engines are shared between them. */
export class AudioStage {
  readonly #voices = new CallerVoices();

  constructor(readonly company: Company, readonly options: AudioOptions) {}

  /** Acts one scenario through the whole pipeline: a simulated phone, sockets, real engines. */
  async act(scenario: Scenario): Promise<Evidence> {
    const clock = calendarClock(systemClock, scenario.atWallMs);
    const witness = new Witness(clock);
    const events: CallEvent[] = [];
    const dataDir = await Deno.makeTempDir({ prefix: "pokea-eval-" });
    const closing: (() => Promise<void>)[] = [
      () => Deno.remove(dataDir, { recursive: true }),
    ];
    try {
      const speak = (text: string) => this.#voices.speak("rms", text, scenario.language);
      const written = scenario.turns.map(({ caller }) => parseLine(caller));
      const lines = await prepareLines(written, speak, seededRandom(SEED));
      const caller = new Caller({ lines });
      const asksAgain = watchForAskingAgain();
      let spoken = 0;
      let repeats = 0;
      const person = await this.#voices.speak("awb", PERSON_SAYS, "en");
      const platform = startPlatform({
        clock,
        quirks: { afterStream: "hold" },
        signing: {},
        apiPort: 0,
        ownedNumbers: [AGENT_NUMBER],
        dial: () => ({
          outcome: scenario.person === "answers" ? "answered" : "no-answer",
          ringMs: RING_MS,
          person: personOnThePhone(person, PERSON_STAYS_MS),
        }),
        speak: (text, language) => this.#voices.speak("awb", text, language?.slice(0, 2) ?? "en"),
        seed: SEED,
      });
      closing.push(() => platform.close());
      const settings: Settings = {
        ...this.company.settings,
        port: 0,
        dataDir,
        publicUrl: undefined,
        kvUrl: undefined,
        tokenSecret: crypto.randomUUID() + crypto.randomUUID(),
        sautikit: {
          ...this.company.settings.sautikit,
          apiKey: API_KEY,
          baseUrl: platform.api.url,
          signingSecrets: [],
        },
      };
      const bridge = await startBridge(settings, this.#staged(scenario, witness), {
        clock,
        hostname: "127.0.0.1",
        onEvent(event) {
          events.push(event);
          // Nobody repeats a cough.
          const isSaid = written[spoken]?.parts.some((part) => part.do === "say");
          if (asksAgain(event) && isSaid && caller.sayAgain()) repeats++;
        },
      });
      closing.push(() => bridge.close());
      const call = await simulateCall({
        platform,
        clock,
        bridgeUrl: bridge.url,
        callerNumber: scenario.from ?? "anonymous",
        dialledNumber: AGENT_NUMBER,
        party: onPhoneLine(caller, {
          telephone: true,
          noiseDb: this.options.noiseDb,
          seed: SEED,
        }),
        lineCount: lines.length,
        maxMs: MAX_CALL_MS,
        onEntry(entry) {
          if (entry.type !== "line_begins") return;
          spoken = entry.line;
          witness.note({ type: entry.type, line: entry.line });
        },
      });
      if (this.options.saveTo) {
        await saveCall(`${this.options.saveTo}/${slug(scenario.name)}`, call);
      }
      const { by, reason } = call.report.ended;
      return {
        sightings: witness.sightings,
        events,
        startedWallMs: scenario.atWallMs,
        callerHungUp: by === "caller",
        repeats,
        broken: events.length === 0 ? `no event was seen: ${reason}` : undefined,
      };
    } finally {
      for (const close of closing.reverse()) await close();
    }
  }

  close(): void {
    this.#voices.close();
  }

  /** The bridge's parts with this scenario's faults in them, and a witness beside them. */
  #staged(scenario: Scenario, witness: Witness): BridgeParts {
    const { parts, engine, engineName } = this.company;
    // All calls share the engine, which none of them may close.
    const shared: EngineFactory = () => Promise.resolve({ ...engine, close() {} });
    const engines = { ...parts.engines, [engineName]: shared } as Record<EngineName, EngineFactory>;
    return stagedParts({ ...parts, engines }, scenario, witness.clock, witness);
  }
}

/** A name as a name of a file. */
export function slug(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}
