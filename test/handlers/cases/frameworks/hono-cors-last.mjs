import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { cors } from "hono/cors";

const app = new Hono().get("/orders", (c) => c.json([])).use(cors());

export const handler = handle(app);
