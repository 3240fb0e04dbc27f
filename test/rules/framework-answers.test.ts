/** What frameworks and their CORS middleware answer. */
import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const express = (cors: string, carets = "") => `//- /orders.ts
import express from "express";
import cors from "cors";
import serverlessExpress from "@codegenie/serverless-express";
const app = express();
app.use(${cors});
${carets}
app.get("/teams", (_req, res) => { res.json([]); });
export const handler = serverlessExpress({ app });
`;
const fastapi = (middleware: string, route = "return []", carets = "") => `#- /main.py
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from mangum import Mangum

app = FastAPI()
${middleware}

@app.get("/x")
def x():
    ${route}
${carets}


handler = Mangum(app)
`;

describe("a pattern that middleware gets for the origin", () => {
  it("is a test like one in a plain handler", async () => {
    await check(
      "origin-check-bypassable",
      express(
        "cors({ credentials: true, origin: [/\\.volley\\.example/] })",
        "//                                         ^^^^^^^^^^^^^^^^^^^ [error] The browser lets a look-alike site read this response.",
      ),
    );
    await check(
      "origin-check-bypassable",
      express("cors({ credentials: true, origin: [/^https:\\/\\/[a-z]+\\.volley\\.com$/] })"),
    );
    await check(
      "origin-check-bypassable",
      fastapi(
        `app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://.*volley.example", allow_credentials=True, allow_methods=["*"])
#                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser lets a look-alike site
`,
      ),
    );
  });
});

describe("Powertools for Python", () => {
  const app = (config: string, carets = "") => `#- /app.py
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig

app = APIGatewayRestResolver(cors=CORSConfig(${config}))
${carets}

@app.get("/vans")
def vans():
    return []


def handler(event, context):
    return app.resolve(event, context)
`;

  it("leaves out the credentials header with *", async () => {
    await check(
      "cors-option-ignored",
      app(
        "allow_credentials=True",
        "#                                            ^^^^^^^^^^^^^^^^^ [information] Powertools leaves credentials out while every origin is allowed.\n",
      ),
    );
    await check(
      "cors-option-ignored",
      app('allow_origin="https://a.acmecorp.com", allow_credentials=True'),
    );
  });

  it("has origins in extra_origins and in the first place", async () => {
    await check(
      "origin-never-matches",
      app(
        '"https://a.acmecorp.com/", extra_origins=["https://b.acmecorp.com/"]',
        `#                                            ^^^^^^^^^^^^^^^^^^^^^^^^^ [error] No browser sends this origin
#                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ [error] No browser sends this origin
`,
      ),
    );
  });
});

describe("an exception in a route", () => {
  const rules = [
    "middleware-misplaced",
    "unhandled-error-without-allow-origin",
    "cors-headers-sent-twice",
  ];
  const stack = (options: string) =>
    stackPy(`
      fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_12, handler="main.handler", code=lambda_.Code.from_asset("."))
      api = apigwv2.HttpApi(stack, "A"${options})
      api.add_routes(path="/{proxy+}", integration=integrations.HttpLambdaIntegration("I", fn))`);

  it("gets its header from the policy in front", async () => {
    await check(
      rules,
      stack(
        ', cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://a.acmecorp.com"], allow_headers=["content-type"])',
      ) +
        fastapi(
          'app.add_middleware(CORSMiddleware, allow_origins=["https://a.acmecorp.com"], allow_methods=["*"])\n',
        ),
    );
  });

  it("is caught by the adapter around middleware that wraps the application", async () => {
    await check(
      rules,
      stack("") +
        fastapi("").replace(
          "Mangum(app)",
          'Mangum(CORSMiddleware(app, allow_origins=["https://a.acmecorp.com"], allow_methods=["*"]))',
        ),
    );
  });
});

describe("middy without an answer to OPTIONS", () => {
  it("passes the preflight on, and the inner handler refuses it", async () => {
    const handler = (guard: string) => `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "orders.ts" });
      fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
      // ^^^^^^^^^^^^^^ [warning] The browser's preflight reaches the handler
`)}//- /orders.ts
import middy from "@middy/core";
import cors from "@middy/http-cors";
const rpc = async (event: any) => {
  ${guard}
  return { statusCode: 200, body: "{}" };
};
export const handler = middy(rpc).use(cors({ origin: "*" }));
`;
    await check(
      "preflight-reaches-handler",
      handler(
        'if (event.requestContext.http.method !== "POST") return { statusCode: 405, body: "POST only" };',
      ),
    );
  });
});

describe("a route that returns an answer of Lambda's", () => {
  it("sends it as the body, headers included", async () => {
    await check(
      "cors-headers-in-body",
      fastapi(
        "",
        'return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "hello"}',
        "    #                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser looks for this among the headers",
      ),
    );
    await check(
      "cors-headers-in-body",
      fastapi(
        'app.add_middleware(CORSMiddleware, allow_origins=["https://a.acmecorp.com"])\n',
        'return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "hello"}',
      ),
    );
  });
});
