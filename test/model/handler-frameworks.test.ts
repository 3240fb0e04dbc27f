import assert from "node:assert/strict";
import { readHandler } from "../../shared/src/readers/handler/read";
import type { Framework, Handler } from "../../shared/src/model/model";
import { memoryProject } from "../rules/memory-project";

async function handlerOf(
  file: string,
  text: string,
  more: Record<string, string> = {},
): Promise<Handler | undefined> {
  const project = await memoryProject(new Map([[file, text], ...Object.entries(more)]));
  return readHandler(project, file, {
    k: "file",
    file,
    name: "handler",
    at: { file, start: 0, end: 0 },
  });
}

async function framework(
  file: string,
  text: string,
  more: Record<string, string> = {},
): Promise<Framework | undefined> {
  return (await handlerOf(file, text, more))?.framework;
}

const python = (text: string): Promise<Framework | undefined> => framework("/app.py", text);
const typescript = (
  text: string,
  more: Record<string, string> = {},
): Promise<Framework | undefined> => framework("/app.ts", text, more);

describe("frameworks of Python", () => {
  it("Powertools: CORSConfig is the resolver's option", async () => {
    const app = (cors: string): string => `
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig
from aws_lambda_powertools import Logger, Tracer
logger = Logger()
tracer = Tracer()
app = APIGatewayRestResolver(${cors})
@app.get("/orders")
@tracer.capture_method
def orders():
    return {"orders": []}
@logger.inject_lambda_context
@tracer.capture_lambda_handler
def handler(event, context):
    return app.resolve(event, context)
`;
    const configured = await python(
      app('cors=CORSConfig(allow_origin="https://app.acmecorp.com")'),
    );
    assert.deepEqual(
      [configured?.name, configured?.cors.kind, configured?.answersOptions],
      ["Powertools", "configured", "yes"],
    );
    assert.equal((await python(app("")))?.cors.kind, "none");
    assert.equal((await python(app("cors=settings.CORS")))?.cors.kind, "unknown");
    assert.equal((await python(app("**options)\nprint(")))?.cors.kind, "unknown");
  });

  it("Powertools: routes that write the header themselves leave it open", async () => {
    const found = await python(`
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
app = APIGatewayHttpResolver()
@app.get("/orders")
def orders():
    return Response(status_code=200, headers={"Access-Control-Allow-Origin": "*"}, body="[]")
def handler(event, context):
    return app.resolve(event, context)
`);
    assert.equal(found?.cors.kind, "unknown");
  });

  it("FastAPI and Starlette: CORSMiddleware, whose reach ends before unhandled errors", async () => {
    const app = (line: string): string => `
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from mangum import Mangum
app = FastAPI()
${line}
@app.get("/orders")
def orders():
    return []
handler = Mangum(app, lifespan="off")
`;
    const configured = await python(
      app('app.add_middleware(CORSMiddleware, allow_origins=["https://app.acmecorp.com"])'),
    );
    assert.deepEqual(
      [configured?.name, configured?.cors.kind, configured?.coversErrors],
      ["FastAPI", "configured", "no"],
    );
    assert.equal((await python(app("")))?.cors.kind, "none");
    assert.equal((await python(app("app.add_middleware(Audit)")))?.cors.kind, "unknown");
    const starlette = await python(`
from mangum import Mangum
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
app = Starlette(routes=[], middleware=[Middleware(CORSMiddleware, allow_origins=["*"])])
handler = Mangum(app)
`);
    assert.deepEqual([starlette?.name, starlette?.cors.kind], ["Starlette", "configured"]);
  });

  it("Flask: flask-cors for the application", async () => {
    const app = (line: string): string => `
import serverless_wsgi
from flask import Flask
from flask_cors import CORS
app = Flask(__name__)
${line}
@app.route("/orders")
def orders():
    return []
def handler(event, context):
    return serverless_wsgi.handle_request(app, event, context)
`;
    const configured = await python(app("CORS(app, origins=['https://app.acmecorp.com'])"));
    assert.deepEqual([configured?.name, configured?.cors.kind], ["Flask", "configured"]);
    assert.equal((await python(app("")))?.cors.kind, "none");
    assert.equal(
      (await python(app("@app.after_request\ndef add(response):\n    return response")))?.cors.kind,
      "unknown",
    );
  });

  it("Chalice: for all routes, for some, for none", async () => {
    const app = (before: string, first: string, second: string): string => `
from chalice import Chalice
app = Chalice(app_name="orders")
${before}
@app.route("/orders"${first})
def orders():
    return []
@app.route("/users"${second})
def users():
    return []
handler = app
`;
    assert.equal((await python(app("app.api.cors = True", "", "")))?.cors.kind, "configured");
    assert.equal((await python(app("", ", cors=True", ", cors=True")))?.cors.kind, "configured");
    assert.equal((await python(app("", ", cors=True", "")))?.cors.kind, "unknown");
    assert.equal((await python(app("", "", "")))?.cors.kind, "none");
  });
});

describe("frameworks of Node.js", () => {
  const middy = `
import middy from "@middy/core";
import httpCors from "@middy/http-cors";
export const handler = middy(async () => ({ statusCode: 200 })).use(httpCors());`;

  it("middy: without an origin httpCors worked until version 5", async () => {
    const version = (range: string): Record<string, string> => ({
      "/package.json": JSON.stringify({ dependencies: { "@middy/http-cors": range } }),
    });
    assert.equal((await typescript(middy, version("^5.4.0")))?.cors.kind, "configured");
    assert.equal((await typescript(middy, version("~6.0.1")))?.cors.kind, "misplaced");
    assert.equal((await typescript(middy))?.cors.kind, "unknown");
  });

  it("middy: the handler inside is followed", async () => {
    const handler = await handlerOf("/app.ts", middy);
    assert.equal(handler?.responses.length, 1);
    assert.equal(handler.responses[0]?.status.kind, "known");
  });

  it("middy: middleware of others leaves it open", async () => {
    const found = await typescript(`
import middy from "@middy/core";
const own = () => ({ after: (request) => { request.response.headers = {}; } });
export const handler = middy(async () => ({ statusCode: 200 })).use(own());`);
    assert.equal(found?.cors.kind, "unknown");
  });

  it("Fastify: @fastify/cors", async () => {
    const app = (line: string): string => `
import awsLambdaFastify from "@fastify/aws-lambda";
import cors from "@fastify/cors";
import fastify from "fastify";
const app = fastify({ logger: true });
${line}
app.get("/orders", async () => []);
export const handler = awsLambdaFastify(app);`;
    assert.equal(
      (await typescript(app("app.register(cors, { origin: true });")))?.cors.kind,
      "configured",
    );
    assert.equal((await typescript(app("")))?.cors.kind, "none");
    assert.equal((await typescript(app("app.register(helmet);")))?.cors.kind, "unknown");
  });

  it("Express: adapters of several makers, a server made once, routers", async () => {
    const found = await typescript(`
import serverlessExpress from "@codegenie/serverless-express";
import cors from "cors";
import express, { Router } from "express";
const router = Router();
router.get("/", (req, res) => res.json([]));
const app = express();
app.use(cors());
app.use("/orders", router);
let server;
export const handler = async (event, context) => {
  server = server ?? serverlessExpress({ app });
  return server(event, context);
};`);
    assert.deepEqual([found?.name, found?.cors.kind], ["Express", "configured"]);
  });

  it("observers leave a handler as it is", async () => {
    const handler = await handlerOf(
      "/app.ts",
      `
import * as Sentry from "@sentry/aws-serverless";
export const handler = Sentry.wrapHandler(async (event) => ({ statusCode: 200, headers: {} }));`,
    );
    assert.equal(handler?.framework, undefined);
    assert.deepEqual(
      handler?.responses.map((path) => path.status.kind),
      ["known"],
    );
  });
});
