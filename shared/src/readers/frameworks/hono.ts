/** Hono with hono/cors */
import { callOf } from "./chain";
import { afterStatement } from "./insertion-points";
import { likeHono } from "./middleware-headers";
import { used } from "./used";
import type { FrameworkDescriptor } from "./descriptor";

export const hono: FrameworkDescriptor = {
  name: "Hono",
  application: /^npm:(hono(\/\w+)?|@hono\/zod-openapi)\.(Hono|OpenAPIHono)$/,
  cors: used({ cors: /^npm:hono\/cors\.cors$/, options: { ...likeHono, decides: "returns" } }),
  coversErrors: "unknown",
  place: (run, app) => {
    const call = callOf(app);
    return afterStatement(run, app) ?? (call && { kind: "link", call });
  },
};
