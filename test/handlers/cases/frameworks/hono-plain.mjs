import { Hono } from "hono";
import { handle } from "hono/aws-lambda";

const app = new Hono().basePath("/");
app.get("/orders", (c) => c.json([]));

export const handler = handle(app);
