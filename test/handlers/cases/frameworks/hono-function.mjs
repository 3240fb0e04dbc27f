import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { cors } from "hono/cors";

const allowed = ["https://shop.example.com", "https://admin.example.com"];
const app = new Hono();
app.use("*", cors({ origin: (origin) => (allowed.includes(origin) ? origin : null) }));
app.get("/orders", (c) => c.json([]));

export const handler = handle(app);
