import type { Agent } from "../agent/agent.ts";
import { isStale } from "../costs/prices.ts";
import { loadPrices, PriceFileError } from "../costs/price_file.ts";
import { configuredModels } from "../engines/configured_models.ts";
import type { Settings } from "../settings.ts";
import { type Finding, red, worstOf, yellow } from "./finding.ts";

const DAY_MS = 86_400_000;
const WARN_DAYS = 14;

/** Looks whether costs can be told, and budgets kept. */
export async function checkPrices(
  settings: Settings,
  budget: Agent["budget"] | undefined,
  wallMs: number,
): Promise<Finding> {
  const path = `${settings.agentDir}/prices.yaml`;
  let prices;
  try {
    prices = await loadPrices(settings.agentDir);
  } catch (error) {
    if (!(error instanceof PriceFileError)) throw error;
    return red(error.problems.join("; "), `correct ${path}`);
  }
  if (!prices) {
    const hasBudget = budget && (budget.callKes ?? budget.callerDayKes ?? budget.dayKes);
    const fix = `put a price file at ${path}`;
    return hasBudget
      ? red("there are no prices, so the budget of agent.yaml can't be kept", fix)
      : yellow("there are no prices, so no cost is known", fix);
  }
  const findings: Finding[] = [];
  const { validUntil, models } = prices;
  const daysLeft = Math.ceil((Date.parse(validUntil) + DAY_MS - wallMs) / DAY_MS);
  const fix = `look the prices up and set valid_until in ${path}`;
  if (isStale(prices, wallMs)) {
    findings.push(yellow(`the prices ran out on ${validUntil}: costs are flagged as stale`, fix));
  } else if (daysLeft <= WARN_DAYS) {
    findings.push(yellow(`the prices run out on ${validUntil}`, fix));
  }
  const engines = Object.values(settings.engines).flat();
  const used = [
    ...configuredModels(settings).map(({ model }) => model),
    ...engines.filter((engine) => engine === "embedded"),
  ];
  const unpriced = [...new Set(used)].filter((name) => !models[name]);
  if (unpriced.length > 0) {
    findings.push(yellow(
      `no price for ${unpriced.join(", ")}`,
      `add it to ${path}; free: true for a server of your own`,
    ));
  }
  return worstOf(findings, `${Object.keys(models).length} models, valid until ${validUntil}`);
}
