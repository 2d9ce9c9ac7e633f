import { checkYaml } from "../settings/checked_yaml.ts";
import { ProblemsError } from "../settings/problems_error.ts";
import { type Prices, pricesSchema } from "./prices.ts";

/** Everything wrong with a price file: `prices.yaml:LINE: field: what: received …: how to mend it`. */
export class PriceFileError extends ProblemsError {
  override name = "PriceFileError";
  constructor(problems: string[]) {
    super("Cannot read the prices", problems);
  }
}

const NAME = "prices.yaml";
/** Larger files are refused: a price file is written by hand. */
export const MAX_PRICE_FILE_BYTES = 256 * 1024;

/**
 * Reads `prices.yaml` in `directory`; nothing when there is none, since calls can do without.
 *
 * @throws {PriceFileError} naming every problem with its line
 */
export async function loadPrices(directory: string): Promise<Prices | undefined> {
  try {
    const { size } = await Deno.stat(`${directory}/${NAME}`);
    if (size > MAX_PRICE_FILE_BYTES) {
      throw new PriceFileError([
        `${NAME}:1: file: must have at most ${MAX_PRICE_FILE_BYTES} bytes: received ${size}: ` +
        "leave out models that nobody uses",
      ]);
    }
    return parsePrices(await Deno.readTextFile(`${directory}/${NAME}`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Makes the text of a price file into prices; see {@linkcode loadPrices}. */
export function parsePrices(text: string): Prices {
  const checked = checkYaml(NAME, text, pricesSchema);
  if (checked.problems) throw new PriceFileError(checked.problems);
  return checked.data;
}
