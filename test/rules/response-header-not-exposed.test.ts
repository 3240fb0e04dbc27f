import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "response-header-not-exposed";

/** A page that reads one header of GET /orders. */
const page = (header: string, options = "", caret = "") => `//- /web/orders.ts
export async function load() {
  const { headers } = await fetch(import.meta.env.VITE_ORDERS_API_URL + "/orders"${options});
  return headers.get("${header}");
${caret}}
`;
const reported = (header: string) =>
  `  //                 ${"^".repeat(header.length + 2)} The page gets null here: the response does not expose ${header.toLowerCase()}.\n`;

const httpApi = (option: string) =>
  stackTs(`
  const api = new HttpApi(stack, "OrdersApi", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"]${option} } });
  api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });`);

const httpApiPy = (option: string) =>
  stackPy(`
  api = apigwv2.HttpApi(stack, "OrdersApi", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://app.acmecorp.com"]${option}))
  api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=backend)`);

const restApi = stackTs(`
  const fn = new NodejsFunction(stack, "Fn", { entry: "src/orders.ts" });
  const api = new apigateway.RestApi(stack, "OrdersApi", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"], exposeHeaders: ["x-total-count"] } });
  api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(fn));`);

const restApiPy = stackPy(`
  fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_12, handler="orders.handler", code=lambda_.Code.from_asset("src"))
  api = apigateway.RestApi(stack, "OrdersApi", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://app.acmecorp.com"], expose_headers=["x-total-count"]))
  api.root.add_resource("orders").add_method("GET", apigateway.LambdaIntegration(fn))`);

const handlerTs = (headers: string, rest = "") => `//- /src/orders.ts
export async function handler(event: any) {
  const cors = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };
  ${rest}
  return { statusCode: 200, headers: { ...cors, "X-Total-Count": "7"${headers} }, body: "[]" };
}
`;

const handlerPy = (headers: string, rest = "pass") => `#- /src/orders.py
def handler(event, context):
    cors = {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}
    ${rest}
    return {"statusCode": 200, "headers": {**cors, "X-Total-Count": "7"${headers}}, "body": "[]"}
`;

describe(rule, () => {
  const include = ', { credentials: "include" }';
  const total = "X-Total-Count";

  it("judges an HTTP API by its policy, whatever stands behind it", async () => {
    for (const [api, exposes, others] of [
      [httpApi, ', exposeHeaders: ["X-total-count"]', ', exposeHeaders: ["etag"]'],
      [httpApiPy, ', expose_headers=["X-total-count"]', ', expose_headers=["etag"]'],
    ] as const) {
      await check(rule, api("") + page(total, "", reported(total)));
      await check(rule, api(others) + page(total, "", reported(total)));
      await check(rule, api(exposes) + page(total));
    }
  });

  it("knows that * is a wildcard, but not with credentials", async () => {
    const any = ', allowCredentials: true, exposeHeaders: ["*"]';
    const anyPy = ', allow_credentials=True, expose_headers=["*"]';
    await check(rule, httpApi(any) + page(total));
    await check(rule, httpApi(any) + page(total, include, reported(total)));
    await check(rule, httpApiPy(anyPy) + page(total));
    await check(rule, httpApiPy(anyPy) + page(total, include, reported(total)));
  });

  it("judges a REST API by its handler: the policy's list goes into preflights only", async () => {
    const lists = '"Access-Control-Expose-Headers": "X-Total-Count"';
    await check(rule, restApi + handlerTs("") + page(total, "", reported(total)));
    await check(rule, restApiPy + handlerPy("") + page(total, "", reported(total)));
    await check(rule, restApi + handlerTs(`, ${lists}`) + page(total));
    await check(rule, restApiPy + handlerPy(`, ${lists}`) + page(total));
  });

  it("is content when one of the answers exposes the header", async () => {
    const slow = `{ statusCode: 429, headers: { ...cors, "Retry-After": "5", "Access-Control-Expose-Headers": "Retry-After" }, body: "" }`;
    const slowPy = `{"statusCode": 429, "headers": {**cors, "Retry-After": "5", "Access-Control-Expose-Headers": "Retry-After"}, "body": ""}`;
    await check(
      rule,
      restApi +
        handlerTs("", `if (event.headers["x-plan"] === "free") return ${slow};`) +
        page("Retry-After"),
    );
    await check(
      rule,
      restApiPy +
        handlerPy("", `if event["headers"].get("x-plan") == "free": return ${slowPy}`) +
        page("Retry-After"),
    );
  });

  it("is silent where it cannot see, and where it does not matter", async () => {
    const safe = ["Content-Type", "cache-control", "Set-Cookie"];
    for (const header of safe) await check(rule, httpApi("") + page(header));
    await check(rule, httpApi(", exposeHeaders: process.env.EXPOSED!.split(',')") + page(total));
    await check(rule, httpApiPy(', expose_headers=os.environ["EXPOSED"].split(",")') + page(total));
    await check(rule, restApi + handlerTs(", ...more()") + page(total));
    await check(rule, restApiPy + handlerPy(", **more()") + page(total));
    await check(
      rule,
      httpApi("") +
        page(total)
          .replace("VITE_ORDERS_API_URL", "VITE_PAYMENTS_URL")
          .replace('"/orders"', '"/pay"'),
    );
    await check(rule, httpApi("") + page(total, ', { mode: "no-cors" }'));
    await check(rule, httpApi("") + page(total).replace('.get("X-Total-Count")', ".get(which)"));
  });

  it("says once what a wrapper reads for every call", async () => {
    await check(
      rule,
      `${httpApi("")}//- /web/client.ts
const api = import.meta.env.VITE_ORDERS_API_URL;
async function get(path: string, init: RequestInit) {
  const response = await fetch(api + path, init);
  log(response.headers.get("X-Request-Id"));
  //                       ^^^^^^^^^^^^^^ The page gets null here
  return response.json();
}
export const list = () => get("/orders", {});
export const mine = () => get("/orders", { headers: { "x-mine": "1" } });
`,
    );
  });
});
