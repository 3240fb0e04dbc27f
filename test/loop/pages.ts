/** Calls that a page makes in vain; the fix is on the policy or in the page. */
import type { Loop } from "./loop";
import { allowApp, handler, loop, stackPy, stackTs } from "./parts";

const http =
  stackTs(`const api = new apigwv2.HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com"],
    allowMethods: [apigwv2.CorsHttpMethod.GET],
    allowHeaders: ["content-type"],
  },
});
api.addRoutes({ path: "/orders", methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.PUT], integration: new HttpLambdaIntegration("I", orders) });`) +
  handler("node", {});

const twin = stackPy(`api = apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com"],
        allow_methods=[apigwv2.CorsHttpMethod.GET],
        allow_headers=["content-type"],
    ),
)
api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET, apigwv2.HttpMethod.PUT], integration=integrations.HttpLambdaIntegration("I", orders))`);

/** The page reads `import.meta.env.VITE_API_URL`, as its builder replaces it. */
function page(init: string): string {
  return `//- /web/page.ts
const api = import.meta.env.VITE_API_URL;

export async function load() {
  const response = await fetch(\`\${api}/orders\`, {
${init}
  });
  return response.text();
}
`;
}

export const pages: readonly Loop[] = [
  loop({
    rule: "allow-headers-missing",
    what: "a header of the page's own",
    twin,
    text: http + page(`    headers: { "x-request-id": "1" },`),
    says: "Request header field x-request-id is not allowed by Access-Control-Allow-Headers in preflight response.",
  }),
  loop({
    rule: "allow-methods-missing",
    what: "a method of the page's own",
    twin,
    text: http + page(`    method: "PUT",`),
    says: "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
  }),
  loop({
    rule: "request-refused-by-policy",
    what: "cookies",
    twin,
    text: http + page(`    credentials: "include",`),
    says: "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.",
  }),
  loop({
    rule: "response-header-on-request",
    what: "fetch",
    text:
      http +
      page(`    headers: {
      Accept: "text/plain",
      "Access-Control-Allow-Origin": "*",
    },`),
  }),
  loop({
    rule: "no-cors-mode-hides-response",
    what: "fetch",
    text:
      stackTs(
        `const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(orders));`,
        "python",
      ) +
      handler("python", allowApp) +
      page(`    mode: "no-cors",`),
  }),
];
