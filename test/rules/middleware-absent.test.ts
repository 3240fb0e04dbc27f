/** `middleware-misplaced` where an application has no CORS support at all. */
import { ADMIN, APP, behindApi, leaves, fixes } from "./fixed-handlers";

const npm = (dependencies: Readonly<Record<string, string>>): string =>
  `//- /lambda/package.json\n${JSON.stringify({ dependencies })}\n`;

describe("CORS support that is absent while pages call", () => {
  const hono = (app: string, routes: string): string => `//- /lambda/orders.mjs
${app}

const orders = (c) => {
  if (/boom/.test(c.req.url)) throw new Error();
  return c.json([]);
};
${routes}

export const handler = handle(app);
`;

  fixes({
    what: "Hono",
    before:
      behindApi("node") +
      hono(
        `import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'

const app = new Hono() // the shop`,
        `app.get('/orders', orders)`,
      ),
    at: "Hono",
    after: hono(
      `import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { cors } from 'hono/cors'

const app = new Hono() // the shop
app.use(cors({ origin: '${APP}' }))`,
      `app.get('/orders', orders)`,
    ),
    run: "/lambda/orders.mjs",
  });

  fixes({
    what: "a chain of Hono's, in a file that uses the name, for cookies and two pages",
    before:
      behindApi("node", "include") +
      hono(
        `import { Hono } from "hono";
import { handle } from "hono/aws-lambda";

const cors = true;`,
        `const app = new Hono().basePath("/")
  .get("/orders", orders);`,
      ),
    at: "Hono",
    origins: [APP, ADMIN],
    after: hono(
      `import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { cors as corsMiddleware } from "hono/cors";

const cors = true;`,
      `const app = new Hono().use(
  corsMiddleware({
    origin: ["${APP}", "${ADMIN}"],
    credentials: true,
  }),
).basePath("/")
  .get("/orders", orders);`,
    ),
    run: "/lambda/orders.mjs",
  });

  const powertools = (imports: string, app: string): string => `//- /lambda/orders.mjs
import { Router } from "@aws-lambda-powertools/event-handler/http";
${imports}
const app = new Router();
${app}app.get("/orders", ({ req }) => {
  if (new URL(req.url).searchParams.get("way") === "boom") throw new Error("boom");
  return [];
});

export const handler = async (event, context) => app.resolve(event, context);
`;

  fixes({
    what: "Powertools for TypeScript, with a header that it does not allow by default",
    before: behindApi("node") + powertools("", ""),
    at: "Router",
    after: powertools(
      `import { cors } from "@aws-lambda-powertools/event-handler/http/middleware";
`,
      `app.use(
  cors({
    origin: "${APP}",
    allowHeaders: [
      "Authorization",
      "Content-Type",
      "X-Amz-Date",
      "X-Api-Key",
      "X-Amz-Security-Token",
      "x-csrf-token",
    ],
  }),
);
`,
    ),
    run: "/lambda/orders.mjs",
  });

  const express = (imports: string, app: string): string => `//- /lambda/orders.js
const express = require("express");
const serverless = require("serverless-http");
${imports}
const app = express();
${app}app.set("env", "test");
app.get("/orders", (request, response) => {
  if (request.query.way === "boom") throw new Error("boom");
  response.json([]);
});

exports.handler = serverless(app);
`;

  fixes({
    what: "Express where the package cors is asked for",
    before:
      behindApi("node", "include") + npm({ express: "^5.0.0", cors: "^2.8.5" }) + express("", ""),
    at: "express",
    after: express(
      `const cors = require("cors");
`,
      `app.use(
  cors({
    origin: "${APP}",
    credentials: true,
  }),
);
`,
    ),
    run: "/lambda/orders.js",
  });
  leaves(
    "the package cors may not be installed",
    behindApi("node") + npm({ express: "^5.0.0" }) + express("", ""),
  );

  const importStyle = (line: string, use = ""): string => `//- /lambda/orders.ts
${line}
const app = express();
${use}app.get("/orders", (request, response) => response.json([]));
export const handler = serverless(app);
`;
  for (const [what, first, second] of [
    ["as a namespace", `import * as express from "express";`, `import * as cors from "cors";`],
    ["by require", `import express = require("express");`, `import cors = require("cors");`],
  ] as const) {
    fixes({
      what: `Express that is imported ${what}`,
      before:
        behindApi("node") +
        npm({ cors: "2.8.5" }) +
        importStyle(`${first}\nimport serverless from "serverless-http";\n`),
      at: "express",
      after: importStyle(
        `${first}\nimport serverless from "serverless-http";\n${second}\n`,
        `app.use(cors({ origin: "${APP}" }));\n`,
      ),
    });
  }

  const fastify = (imports: string, app: string): string => `//- /lambda/orders.mjs
import awsLambdaFastify from "@fastify/aws-lambda";
${imports}import Fastify from "fastify";

const app = Fastify();
${app}app.get("/orders", async (request) => {
  if (request.query.way === "boom") throw new Error("boom");
  return [];
});

export const handler = awsLambdaFastify(app);
`;

  fixes({
    what: "Fastify where its plugin is asked for, with methods that it does not allow by default",
    before:
      behindApi("node") + npm({ fastify: "^5.0.0", "@fastify/cors": "^11.0.0" }) + fastify("", ""),
    at: "Fastify",
    after: fastify("", "").replace(
      `import Fastify from "fastify";

const app = Fastify();
`,
      `import Fastify from "fastify";
import cors from "@fastify/cors";

const app = Fastify();
app.register(cors, {
  origin: "${APP}",
  methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
});
`,
    ),
    run: "/lambda/orders.mjs",
  });

  const fastapi = (imports: string, adapter: string): string => `#- /lambda/orders.py
from fastapi import FastAPI
${imports}from mangum import Mangum

app = FastAPI()


@app.post("/orders")
def orders():
    return []


handler = ${adapter}
`;

  fixes({
    what: "FastAPI",
    before: behindApi("python", "include") + fastapi("", `Mangum(app, lifespan="off")`),
    at: "FastAPI",
    after: fastapi(
      "from fastapi.middleware.cors import CORSMiddleware\n",
      `Mangum(
    CORSMiddleware(
        app,
        allow_origins=["${APP}"],
        allow_methods=["*"],
        allow_headers=["*"],
        allow_credentials=True,
    ),
    lifespan="off",
)`,
    ),
  });
  leaves(
    "two adapters serve it",
    behindApi("python") + fastapi("", "Mangum(app)\nlocal = Mangum(app)"),
  );
  leaves(
    "the adapter is given something else",
    behindApi("python") + fastapi("import sentry\n", "Mangum(sentry.wrap(app))"),
  );

  fixes({
    what: "Starlette within the handler's function",
    before: `${behindApi("python")}#- /lambda/orders.py
from mangum import Mangum
from starlette.applications import Starlette

app = Starlette()


def handler(event, context):
    return Mangum(app)(event, context)
`,
    at: "Starlette",
    after: `#- /lambda/orders.py
from mangum import Mangum
from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware

app = Starlette()


def handler(event, context):
    return Mangum(
        CORSMiddleware(
            app,
            allow_origins=["${APP}"],
            allow_methods=["*"],
            allow_headers=["*"],
        ),
    )(event, context)
`,
  });

  const resolver = (imports: string, app: string): string => `#- /lambda/orders.py
from aws_lambda_powertools.event_handler${imports}

${app}


@app.get("/orders")
def orders():
    return []


def handler(event, context):
    return app.resolve(event, context)
`;

  fixes({
    what: "Powertools for Python, for two pages",
    before:
      behindApi("python") +
      resolver(" import APIGatewayHttpResolver", "app = APIGatewayHttpResolver()"),
    at: "APIGatewayHttpResolver",
    origins: [APP, ADMIN],
    after: resolver(
      " import APIGatewayHttpResolver, CORSConfig",
      `app = APIGatewayHttpResolver(
    cors=CORSConfig(
        allow_origin="${APP}",
        extra_origins=["${ADMIN}"],
        allow_headers=["x-csrf-token"],
    ),
)`,
    ),
  });
  fixes({
    what: "Powertools for Python where nothing was said on purpose",
    before:
      behindApi("python") +
      resolver(
        ".api_gateway import APIGatewayHttpResolver",
        "app = APIGatewayHttpResolver(cors=None, debug=True)",
      ),
    at: "APIGatewayHttpResolver",
    after: resolver(
      ".api_gateway import APIGatewayHttpResolver, CORSConfig",
      `app = APIGatewayHttpResolver(
    cors=CORSConfig(allow_origin="${APP}", allow_headers=["x-csrf-token"]),
    debug=True,
)`,
    ),
  });

  const chalice = (app: string): string => `#- /lambda/orders.py
import chalice

${app}


@app.route("/orders")
def orders():
    return []


def handler(event, context):
    return app(event, context)
`;

  fixes({
    what: "Chalice",
    before: behindApi("python") + chalice(`app = chalice.Chalice(app_name="orders")`),
    at: "Chalice",
    after: chalice(`app = chalice.Chalice(app_name="orders")
app.api.cors = chalice.CORSConfig(
    allow_origin="${APP}",
    allow_headers=["x-csrf-token"],
)`),
  });
  leaves(
    "Chalice would need two origins",
    behindApi("python") + chalice(`app = chalice.Chalice(app_name="orders")`),
  );

  const flask = (imports: string, app: string): string => `#- /lambda/orders.py
from flask import Flask
${imports}import serverless_wsgi

app = Flask(__name__)
${app}

@app.route("/orders")
def orders():
    return []


def handler(event, context):
    return serverless_wsgi.handle_request(app, event, context)
`;

  fixes({
    what: "Flask where flask-cors is asked for",
    before: `${behindApi("python")}#- /lambda/requirements.txt
flask>=3
Flask_CORS==6.0.0  # for pages
${flask("", "")}`,
    at: "Flask",
    after: flask("", "")
      .replace("import serverless_wsgi\n", "import serverless_wsgi\nfrom flask_cors import CORS\n")
      .replace("(__name__)\n", `(__name__)\nCORS(app, origins=["${APP}"])\n`),
  });
  leaves(
    "flask-cors is spoken of only",
    `${behindApi("python")}#- /requirements.txt
flask>=3
# flask-cors
${flask("", "")}`,
  );
});
