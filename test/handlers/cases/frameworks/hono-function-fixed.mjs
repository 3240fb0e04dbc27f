import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { cors } from "hono/cors";

const app = new Hono();
app.use("*", cors({ origin: () => "https://shop.example.com" }));
app.get("/orders", (c) => c.json([]));

export const handler = handle(app);
