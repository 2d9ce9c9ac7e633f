import { type ConfiguredModel, configuredModels } from "../engines/configured_models.ts";
import { openAiClient } from "../providers/openai/openai_client.ts";
import { openAiError } from "../providers/openai/openai_error.ts";
import type { Settings } from "../settings.ts";
import { type Finding, red, wordsOf, worstOf, yellow } from "./finding.ts";

/** Names shown of a server that has another model than was asked for. */
const SHOWN = 5;

/** Asks each OpenAI-compatible server which models it has. */
export async function checkOpenAi(settings: Settings, signal: AbortSignal): Promise<Finding> {
  const { baseUrls } = settings.openai;
  const models = configuredModels(settings).filter(({ engine }) => engine === "openai");
  const byServer = Map.groupBy(models, ({ stage }) => baseUrls[stage]);
  const findings: Finding[] = [];
  for (const [baseUrl, wanted] of byServer) {
    findings.push(...await askServer(settings, baseUrl, wanted, signal));
  }
  return worstOf(findings, `the models are there: ${models.map(({ model }) => model).join(", ")}`);
}

async function askServer(
  { openai: { apiKey } }: Settings,
  baseUrl: string | undefined,
  wanted: ConfiguredModel[],
  signal: AbortSignal,
): Promise<Finding[]> {
  const client = await openAiClient({ baseUrl, apiKey });
  const server = baseUrl ?? client.baseURL;
  try {
    const { data } = await client.models.list({ signal });
    const names = data.map(({ id }) => id);
    return wanted.flatMap(({ stage, model }) => {
      const listed = data.find(({ id }) => id === model) as Listed | undefined;
      const setting = `OPENAI_${stage.toUpperCase()}_MODEL`;
      if (listed) return endOf(model, listed, setting);
      const others = names.slice(0, SHOWN).join(", ") || "none";
      return red(`${server} has no ${model}`, `set ${setting} to one of its own: ${others}`);
    });
  } catch (error) {
    signal.throwIfAborted();
    if ((error as { status?: number }).status === 404) {
      return [yellow(
        `${server} can't list its models`,
        "nothing, when the round trips below work",
      )];
    }
    const { fault } = openAiError(error, apiKey);
    return [red(
      `${server}: ${wordsOf(openAiError(error, apiKey))}`,
      fault === "bad_request"
        ? "check OPENAI_API_KEY"
        : fault === "quota" || fault === "spend_limit"
        ? "add credit to the account"
        : "start the server, or correct its OPENAI_…_BASE_URL",
    )];
  }
}

/** The vendor's own list tells when a model ends; other servers leave that out. */
interface Listed {
  shutdown_date?: string | null;
}

function endOf(model: string, { shutdown_date }: Listed, setting: string): Finding[] {
  if (!shutdown_date) return [];
  return [yellow(`${model} is shut down on ${shutdown_date}`, `set ${setting} to its successor`)];
}
