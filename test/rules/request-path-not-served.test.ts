import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "request-path-not-served";

const rest = `
      const api = new apigateway.RestApi(stack, "Shop", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } });
      const orders = api.root.addResource("orders");
      const made = orders.addMethod("GET", new apigateway.HttpIntegration("https://backend.acmecorp.com"));
      orders.addResource("{id}").addMethod("GET", new apigateway.HttpIntegration("https://backend.acmecorp.com"));`;

describe(rule, () => {
  it("tells paths and methods, with the routes beside them", async () => {
    await check(
      rule,
      stackTs(`${rest}
      //- /web/orders.ts
      const api = process.env.SHOP_URL;
      export const all = () => fetch(api + "/orders");
      export const one = (id: string) => fetch(\`\${api}/orders/\${id}/\`);
      export const drop = (id: string) => fetch(api + "/orders/" + id, { method: "DELETE" });
      export const clear = () => fetch(api + "/orders", { method: "DELETE" });
      //                               ^^^^^^^^^^^^^^^ [warning] The browser shows a CORS error or 403 here: Shop has no route for DELETE /orders.
      export const staff = (id: string) => fetch(\`\${api}/staff/\${id}\`);
      //                                         ^^^^^^^^^^^^^^^^^^^^ [warning] The browser shows a CORS error or 403 here: Shop has no route for GET /staff/….
      `),
    );
  });

  it("is silent where the base may have a path, routes were not seen, or a route takes everything", async () => {
    const page = `
      //- /web/orders.ts
      const api = process.env.SHOP_URL;
      export const staff = () => fetch(api + "/staff");`;
    const other = `
      export const all = () => fetch(api + "/orders");`;
    await check(rule, stackTs(rest + page));
    await check(
      rule,
      stackTs(`${rest}
      for (const name of process.argv) api.root.addResource(name).addMethod("GET");${page}${other}`),
    );
    await check(
      rule,
      stackPy(`
      api = apigwv2.HttpApi(stack, "Shop", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://app.acmecorp.com"]))
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=backend)
      api.add_routes(path="/{proxy+}", methods=[apigwv2.HttpMethod.ANY], integration=backend)${page}${other}`),
    );
  });
});
