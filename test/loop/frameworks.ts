/** Libraries whose CORS support is misplaced, or not turned on. */
import { APP, type Loop } from "./loop";
import { get, loop, stackTs } from "./parts";

const rule = "middleware-misplaced";

const rest = stackTs(`const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
const responseHeaders = { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" };
api.addGatewayResponse("ClientErrors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
api.addGatewayResponse("ServerErrors", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(orders));`);

/** Every method reaches the function, OPTIONS included. */
const http = stackTs(`const api = new apigwv2.HttpApi(stack, "Api");
api.addRoutes({
  path: "/orders",
  methods: [apigwv2.HttpMethod.ANY],
  integration: new HttpLambdaIntegration("Backend", orders),
});`);

/** A page whose preflight asks for a header that no library allows by default. */
const page = `//- /web/page.ts
export async function load() {
  const response = await fetch(import.meta.env.VITE_API_URL + "/orders", {
    method: "PUT",
    headers: { "content-type": "application/json", "x-csrf-token": "1" },
    body: "{}",
  });
  return response.text();
}
`;

const middy = loop({
  rule,
  what: "middy, an error",
  text: `${rest}//- /lambda/orders.mjs
import middy from "@middy/core";
import httpCors from "@middy/http-cors";
import httpErrorHandler from "@middy/http-error-handler";

const headers = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };

const find = async (event) => {
  if (!event.queryStringParameters?.id) {
    throw Object.assign(new Error("Which order?"), { statusCode: 422 });
  }
  return { statusCode: 200, headers, body: "orders" };
};

export const handler = middy(find)
  .use(httpErrorHandler({ logger: false }))
  .use(httpCors({ origin: "${APP}" }));
`,
  call: get,
  reads: { status: 422, body: "Which order?" },
});

const express = (lines: string): string => `//- /lambda/orders.js
const cors = require("cors");
const express = require("express");
const serverless = require("serverless-http");

const app = express();
${lines}
exports.handler = serverless(app);
`;

const late: readonly Loop[] = [
  loop({
    rule,
    what: "Express, after the routes",
    text:
      http +
      express(`app.post("/orders", (request, response) => response.send("orders"));
app.use(cors({ origin: "${APP}" }));`),
  }),
  loop({
    rule,
    what: "a chain of Hono's, after the routes",
    text: `${http}//- /lambda/orders.mjs
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { cors } from "hono/cors";

const app = new Hono()
  .post("/orders", (c) => c.text("orders"))
  .use(cors({ origin: "${APP}" }));
export const handler = handle(app);
`,
  }),
];

const absent = (what: string, text: string): Loop =>
  loop({ rule, what: `${what}, not told of CORS`, text: http + page + text });

export const frameworks: readonly Loop[] = [
  middy,
  ...late,
  absent(
    "Hono",
    `//- /lambda/orders.mjs
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";

const app = new Hono();
app.put("/orders", (c) => c.text("orders"));
export const handler = handle(app);
`,
  ),
  absent(
    "Powertools for TypeScript",
    `//- /lambda/orders.mjs
import { Router } from "@aws-lambda-powertools/event-handler/http";

const app = new Router();
app.put("/orders", () => new Response("orders"));
export const handler = async (event, context) => app.resolve(event, context);
`,
  ),
  absent(
    "Express",
    `//- /lambda/package.json
{ "dependencies": { "cors": "^2.8.5", "express": "^5.0.0" } }
//- /lambda/orders.js
const express = require("express");
const serverless = require("serverless-http");

const app = express();
app.put("/orders", (request, response) => response.send("orders"));
exports.handler = serverless(app);
`,
  ),
  absent(
    "Fastify",
    `//- /lambda/package.json
{ "dependencies": { "@fastify/cors": "^11.0.0", "fastify": "^5.0.0" } }
//- /lambda/orders.mjs
import awsLambdaFastify from "@fastify/aws-lambda";
import fastify from "fastify";

const app = fastify();
app.put("/orders", async () => "orders");
export const handler = awsLambdaFastify(app);
`,
  ),
];
