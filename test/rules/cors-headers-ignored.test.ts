import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "cors-headers-ignored";

describe(rule, () => {
  it("is silent where the handler says what the policy says, or where either is not known", async () => {
    for (const origin of ['"https://app.acmecorp.com"', "process.env.ORIGIN"]) {
      await check(
        rule,
        `${stackTs(`
        const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
        const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
        api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": ${origin} } });`,
      );
    }
  });

  it("is information where a check decides nothing, as the policy allows every origin", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}//- /lambda/cors.ts
const allowed = (process.env.ORIGINS ?? "").split(",");
export function corsFor(event: any) {
  const { origin } = event.headers;
  return { "Access-Control-Allow-Origin": allowed.includes(origin) ? origin : "null" };
}
//- /lambda/orders.ts
import { corsFor } from "./cors";
export const handler = async (event: any) => {
  const cors = corsFor(event);
  return { statusCode: 200, headers: { "Content-Type": "application/json", ...cors } };
  //                                                                          ^^^^ [information] The browser never sees this header
};`,
    );
    await check(
      rule,
      `${stackPy(`
      fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler", code=lambda_.Code.from_asset("functions"))
      api = apigwv2.HttpApi(stack, "A", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["*"]))
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=integrations.HttpLambdaIntegration("I", fn))`)}#- /functions/orders.py
import os

ALLOWED = os.environ.get("ORIGINS", "").split(",")


def handler(event, context):
    origin = event["headers"].get("origin")
    cors = {"Access-Control-Allow-Origin": origin} if origin in ALLOWED else {}
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [information] The browser never sees this header
    return {"statusCode": 200, "headers": {**cors}}`,
    );
  });

  it("the fix removes the handler's headers", async () => {
    const files = (headers: string) => `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}//- /lambda/orders.ts
export const handler = async () => ({
  statusCode: 200,
  headers: {
    "Content-Type": "application/json",${headers}
  },
});`;
    await check(
      rule,
      files(
        '\n    "Access-Control-Allow-Origin": "*",\n//   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [information] The browser never sees this header',
      ),
      files(""),
    );
  });

  it("names the HTTP API where another one needs the handler's headers, and removes nothing", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });
      const rest = new apigateway.RestApi(stack, "B", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
      rest.root.addMethod("GET", new apigateway.LambdaIntegration(fn));`)}//- /lambda/orders.ts
import cors from "cors";
import express from "express";
import serverless from "serverless-http";
const app = express();
app.use(cors());
//      ^^^^ [information] The browser never sees these headers
app.get("/orders", (request, response) => response.json([]));
export const handler = serverless(app);`,
    );
  });
});
