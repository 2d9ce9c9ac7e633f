import { type Context, Hono } from "hono";
import { apiError } from "./api_error.ts";

/** A number of the workspace, in the API's own names. */
export interface ApiNumber {
  id: string;
  e164: string;
  status: string;
  voice_callback_url?: string;
  events_url?: string;
}

export interface ApiNumbersOptions {
  owned: ApiNumber[];
  /** Numbers that can be rented. */
  available: { inventory_id: string; e164: string; monthly_price_minor: number }[];
  balanceMinor: number;
  /** Forms of requests and answers that sources disagree about; only these are served. */
  forms?: {
    claim?: "available/claim" | "id/claim" | "numbers";
    routing?: "PUT routing" | "PATCH routing" | "PATCH number";
    wallet?: "wallet" | "wallet/balance";
    availableIsBare?: boolean;
  };
}

/** The routes for numbers and the wallet; `owned` and `available` change with them. */
export function apiNumbers({ owned, available, balanceMinor, forms = {} }: ApiNumbersOptions) {
  const app = new Hono();
  const { claim = "available/claim", routing = "PUT routing", wallet = "wallet" } = forms;

  app.get("/v1/numbers", (c) => c.json({ numbers: owned }));
  app.get("/v1/numbers/available", (c) =>
    c.json(
      forms.availableIsBare
        ? available.map(({ inventory_id, e164, monthly_price_minor }) => ({
          id: inventory_id,
          number: e164,
          monthly_price_minor,
        }))
        : { available },
    ));

  const take = async (c: Context) => {
    const body = await c.req.json().catch(() => ({}));
    const wanted = c.req.param("id") ?? body.inventory_id ?? body.number;
    const at = available.findIndex(({ inventory_id, e164 }) =>
      inventory_id === wanted || e164 === wanted
    );
    if (at < 0) return apiError(c, 404, "numbers.not_available", "The number is gone");
    if (balanceMinor < available[at].monthly_price_minor) {
      return apiError(c, 402, "wallet.insufficient_funds", "The wallet is too empty");
    }
    const [{ inventory_id, e164, monthly_price_minor }] = available.splice(at, 1);
    balanceMinor -= monthly_price_minor;
    const number = { id: inventory_id, e164, status: "active" };
    owned.push(number);
    return c.json(number, 201);
  };
  if (claim === "available/claim") app.post("/v1/numbers/available/claim", take);
  if (claim === "id/claim") app.post("/v1/numbers/:id/claim", take);
  if (claim === "numbers") app.post("/v1/numbers", take);

  const route = async (c: Context) => {
    const number = owned.find(({ id }) => id === c.req.param("id"));
    if (!number) return apiError(c, 404, "numbers.not_found", "There is no such number");
    const body = await c.req.json().catch(() => ({}));
    number.voice_callback_url = body.voice_callback_url ?? body.voice_url ?? body.routing_url;
    number.events_url = body.events_url;
    return c.json(number);
  };
  if (routing === "PUT routing") app.put("/v1/numbers/:id/routing", route);
  if (routing === "PATCH routing") app.patch("/v1/numbers/:id/routing", route);
  if (routing === "PATCH number") app.patch("/v1/numbers/:id", route);

  app.get(`/v1/${wallet}`, (c) => c.json({ balance_minor: balanceMinor, currency: "KES" }));
  return app;
}
