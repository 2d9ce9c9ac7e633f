import { type ConfiguredModel, configuredModels } from "../engines/configured_models.ts";
import type { Settings } from "../settings.ts";
import { type Finding, red, worstOf, yellow } from "./finding.ts";
import { endOf, READ_ON } from "./model_dates.ts";

const DAY_MS = 86_400_000;
/** Time enough to try the next model on a quiet day. */
const WARN_DAYS = 120;

/** Looks whether a model that calls depend on is gone, or soon will be. */
export function checkModelDates(settings: Settings, wallMs: number): Finding {
  const models = configuredModels(settings)
    // Names on a server of your own mean what you have put there.
    .filter(({ engine, stage }) => engine !== "openai" || !settings.openai.baseUrls[stage]);
  const findings = models.flatMap((one) => datesOf(one, settings, wallMs) ?? []);
  const names = [...new Set(models.map(({ model }) => model))];
  return worstOf(
    findings,
    names.length === 0
      ? "no model of a vendor is used"
      : `no end announced by ${READ_ON} for ${names.join(", ")}`,
  );
}

function datesOf(
  { stage, engine, model }: ConfiguredModel,
  { engines }: Settings,
  wallMs: number,
): Finding | undefined {
  const end = endOf(model);
  if (!end) return undefined;
  const days = Math.ceil((Date.parse(end.shutDownOn) - wallMs) / DAY_MS);
  if (days > WARN_DAYS) return undefined;
  const fix = `set ${engine.toUpperCase()}_${stage.toUpperCase()}_MODEL=${end.useInstead}`;
  if (days > 0) return yellow(`${model} is shut down on ${end.shutDownOn}, in ${days} days`, fix);
  const gone = `${model} was shut down on ${end.shutDownOn}`;
  const next = engines[stage][engines[stage].indexOf(engine) + 1];
  return next ? yellow(`${gone}, so ${next} does its work`, fix) : red(gone, fix);
}
