import { Hono } from "hono";
import type { AppDeps } from "./server/app_deps.ts";
import { handOverPage } from "./hand_over/page.ts";
import { Problem } from "./server/problem.ts";
import { openAudio } from "./routes/audio.ts";
import { streamCallEvents } from "./routes/call_events.ts";
import { readiness } from "./routes/health.ts";
import { acceptEvent } from "./routes/platform_events.ts";
import { answerVoice } from "./routes/voice.ts";

/** Makes the bridge's HTTP side: what the platform asks, sends and streams, and two signs of life. */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();

  app.post("/voice", (c) => answerVoice(c.req.raw, deps));
  app.post("/", (c) => answerVoice(c.req.raw, deps));
  app.get("/audio/:token", (c) => openAudio(c.req.raw, c.req.param("token"), deps));
  app.post("/stream-status", (c) => acceptEvent(c.req.raw, deps));
  app.post("/events", (c) => acceptEvent(c.req.raw, deps));
  app.get("/calls/:id/events", (c) => streamCallEvents(c.req.raw, c.req.param("id"), deps));
  app.route("/", handOverPage(deps));
  app.get("/healthz", (c) => c.json({ alive: true }));
  app.get("/readyz", () => readiness(deps));

  refuseOtherMethods(app);
  app.notFound((c) => {
    const path = c.req.path.slice(0, 100);
    return new Problem(404, `Cannot find ${path}: no such path is served here`).toResponse();
  });
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse();
    deps.log.error("a request failed: {error}", { error });
    return new Problem(500, "Cannot answer: something broke on our side, see the log").toResponse();
  });
  return app;
}

/** Tells callers of a path that is there which methods it knows. */
function refuseOtherMethods(app: Hono): void {
  const methods = new Map<string, string[]>();
  for (const { path, method } of app.routes) {
    methods.set(path, [...methods.get(path) ?? [], method]);
  }
  for (const [path, known] of methods) {
    const allow = known.includes("GET") ? [...known, "HEAD"] : known;
    app.all(path, (c) => {
      throw new Problem(
        405,
        `Cannot answer ${c.req.method} here: the method must be ${known.join(" or ")}`,
        { allow: allow.join(", ") },
      );
    });
  }
}
