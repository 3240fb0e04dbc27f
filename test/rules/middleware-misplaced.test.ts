import { check } from "./check";
import { ADMIN, APP, leaves, fixes, middlewareRule } from "./fixed-handlers";

const rule = middlewareRule;

async function isSilent(text: string): Promise<void> {
  await check(rule, text, undefined, { context: { origins: [APP] } });
}

const middy = (rest: string): string => `//- /orders.mjs
import middy from "@middy/core";
import httpCors from "@middy/http-cors";
import httpErrorHandler from "@middy/http-error-handler";

const answer = async (event) => {
  if (event.queryStringParameters.way === "boom") throw new Error("boom");
  return { statusCode: 200, body: "[]" };
};
${rest}
`;
const six = `//- /package.json
{ "dependencies": { "@middy/core": "^6.0.0", "@middy/http-cors": "^6.0.0" } }
`;

describe(rule, () => {
  it("is silent about middleware in the right place", async () => {
    await isSilent(`//- /orders.ts
import express from "express";
import cors from "cors";
import serverless from "serverless-http";
const app = express();
app.use(cors({ origin: "https://app.acmecorp.com" }));
app.get("/orders", (_request, response) => response.json([]));
export const handler = serverless(app);`);
  });

  describe("middy", () => {
    const errors = `httpErrorHandler({ logger: false, fallbackMessage: "failed" })`;

    fixes({
      what: "httpCors after the error handler, with the comments of each",
      before: middy(`export const handler = middy(answer)
  // Last of all
  .use(${errors}) // hides what broke
  // The page
  .use(httpCors({ origin: "${APP}" }));`),
      at: "httpCors",
      after: middy(`export const handler = middy(answer)
  // The page
  .use(httpCors({ origin: "${APP}" }))
  // Last of all
  .use(${errors}); // hides what broke`),
      run: "/orders.mjs",
    });

    fixes({
      what: "a list, whose heading stays",
      before: middy(`export const handler = middy(answer).use([
  // The order counts
  ${errors},

  httpCors({
    origins: ["${APP}"],
  }),
]);`),
      at: "httpCors",
      after: middy(`export const handler = middy(answer).use([
  // The order counts
  httpCors({
    origins: ["${APP}"],
  }),

  ${errors},
]);`),
      run: "/orders.mjs",
    });

    fixes({
      what: "statements, with other middleware between them",
      before: middy(`import doNotWait from "@middy/do-not-wait-for-empty-event-loop";

export const handler = middy();
handler.use(httpErrorHandler());
handler.use(doNotWait()); // ends sooner
handler.use(httpCors({ origin: "${APP}" }));
handler.handler(answer);`),
      at: "httpCors",
      after: middy(`import doNotWait from "@middy/do-not-wait-for-empty-event-loop";

export const handler = middy();
handler.use(httpCors({ origin: "${APP}" }));
handler.use(httpErrorHandler());
handler.use(doNotWait()); // ends sooner
handler.handler(answer);`),
    });

    fixes({
      what: "httpCors without an origin since version 6",
      before:
        six +
        middy(`export const handler = middy(answer).use(httpCors()).use(
  ${errors},
);`),
      at: "httpCors",
      after: middy(`export const handler = middy(answer).use(httpCors({ origin: "${APP}" })).use(
  ${errors},
);`),
      run: "/orders.mjs",
    });

    fixes({
      what: "httpCors without an origin, at the wrong place, for two pages",
      before:
        six +
        middy(`export const handler = middy(answer)
  .use(${errors})
  .use(httpCors({ credentials: true }));`),
      at: "httpCors",
      origins: [APP, ADMIN],
      after: middy(`export const handler = middy(answer)
  .use(httpCors({
    credentials: true,
    origins: ["${APP}", "${ADMIN}"],
  }))
  .use(${errors});`),
      run: "/orders.mjs",
    });

    leaves(
      "a middleware has a name",
      middy(`const errors = httpErrorHandler();
export const handler = middy(answer).use(errors).use(httpCors({ origin: "${APP}" }));`),
    );
    leaves(
      "a hook stands in between",
      middy(`export const handler = middy(answer)
  .use(httpErrorHandler())
  .onError(() => undefined)
  .use(httpCors({ origin: "${APP}" }));`),
    );
    leaves(
      "one is used on some ways only",
      middy(`export const handler = middy(answer);
if (process.env.STAGE === "test") handler.use(httpErrorHandler());
handler.use(httpCors({ origin: "${APP}" }));`),
    );
    leaves(
      "a comment speaks of both",
      middy(`export const handler = middy(answer)
  .use(httpErrorHandler()).use(httpCors({ origin: "${APP}" })) // last
  ;`),
    );
  });

  const express = (rest: string): string => `//- /orders.cjs
const cors = require("cors");
const express = require("express");
const serverless = require("serverless-http");

const app = express();
app.set("env", "test");
${rest}

exports.handler = serverless(app);
`;
  const route = `app.get("/orders", (request, response) => {
  if (request.query.way === "boom") throw new Error("boom");
  response.json([]);
});`;

  describe("middleware after the routes", () => {
    fixes({
      what: "Express, with the constants that it needs",
      before: express(`app.use(express.json());

// Orders
${route}

const origin = "${APP}";
const corsOptions = { origin };

// The page
app.use(cors(corsOptions)); // and no other`),
      at: "cors",
      after: express(`const origin = "${APP}";
const corsOptions = { origin };
// The page
app.use(cors(corsOptions)); // and no other
app.use(express.json());

// Orders
${route}`),
      run: "/orders.cjs",
    });

    fixes({
      what: "Express in a function",
      before: express(`function setUp(app) {
\tapp.disable("x-powered-by");
\tapp.get("/", (request, response) => response.json([]));
\tapp.use(cors({ origin: "${APP}" }));
\treturn app;
}
setUp(app);`),
      at: "cors",
      after: express(`function setUp(app) {
\tapp.disable("x-powered-by");
\tapp.use(cors({ origin: "${APP}" }));
\tapp.get("/", (request, response) => response.json([]));
\treturn app;
}
setUp(app);`),
    });

    leaves(
      "it asks what is set in between",
      express(`${route}
require("dotenv").config();
app.use(cors({ origin: process.env.ORIGIN }));`),
    );
    leaves(
      "what it needs changes in between",
      express(`const allowed = ["${APP}"];
${route}
allowed.push("${ADMIN}");
app.use(cors({ origin: allowed }));`),
    );
    leaves(
      "what it needs is no constant",
      express(`${route}
let origin = "${APP}";
app.use(cors({ origin }));`),
    );
    leaves(
      "a function adds the routes",
      express(`addRoutes(app);
function addRoutes(app) {
  ${route}
}
app.use(cors());`),
    );
    leaves("it shares its line", express(`${route} app.use(cors());`));
    leaves(
      "it is a link of another chain",
      express(`app.get("/", (request, response) => response.json([])).use(cors());`),
    );

    const hono = (rest: string): string => `//- /orders.mjs
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { cors } from "hono/cors";

const orders = (c) => {
  if (c.req.query("way") === "boom") throw new Error("boom");
  return c.json([]);
};

${rest}

export const handler = handle(app);
`;

    fixes({
      what: "Hono",
      before: hono(`const app = new Hono();

app.get("/orders", orders);
app.use(cors({ origin: "${APP}" }));`),
      at: "cors",
      after: hono(`const app = new Hono();
app.use(cors({ origin: "${APP}" }));

app.get("/orders", orders);`),
      run: "/orders.mjs",
    });

    fixes({
      what: "a link of Hono's chain",
      before: hono(`const app = new Hono() // the shop
  .get("/orders", orders) // all of them
  .get("/a", orders)
  .get("/b", orders)
  .get("/c", orders) // the last
  .use("*", cors({ origin: "${APP}" }));`),
      at: "cors",
      after: hono(`const app = new Hono() // the shop
  .use("*", cors({ origin: "${APP}" }))
  .get("/orders", orders) // all of them
  .get("/a", orders)
  .get("/b", orders)
  .get("/c", orders); // the last`),
      run: "/orders.mjs",
    });

    it("is silent about Powertools for TypeScript, which puts middleware around all routes", async () => {
      await isSilent(`//- /orders.ts
import { Router } from "@aws-lambda-powertools/event-handler/http";
import { cors } from "@aws-lambda-powertools/event-handler/http/middleware";

const app = new Router();
app.get("/orders", () => []);
app.use(cors({ origin: "${APP}" }));
export const handler = async (event: unknown, context: any) => app.resolve(event, context);`);
    });

    const chalice = (rest: string): string => `#- /orders.py
from chalice import Chalice, CORSConfig

app = Chalice(app_name="orders")
${rest}


def handler(event, context):
    return app(event, context)
`;

    fixes({
      what: "Chalice",
      before: chalice(`

# Orders
@app.route("/orders")
def orders():
    return []


# The page
origin = "${APP}"
app.api.cors = CORSConfig(allow_origin=origin)`),
      at: "cors",
      after: chalice(`# The page
origin = "${APP}"
app.api.cors = CORSConfig(allow_origin=origin)


# Orders
@app.route("/orders")
def orders():
    return []`),
    });

    it("is silent where routes of Chalice are added before and after it is set", async () => {
      await isSilent(
        chalice(`

@app.route("/a")
def a():
    return []


app.api.cors = True


@app.route("/b")
def b():
    return []`),
      );
    });
  });
});
