import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "get-request-with-body";

const page = (text: string): string => `
      //- /web/orders.ts
      const api = import.meta.env.VITE_SHOP_URL;
      ${text}`;
const ts = (text: string): string =>
  stackTs(`
      const api = new HttpApi(stack, "Shop", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.ANY], integration: backend });${page(text)}`);
const py = (text: string): string =>
  stackPy(`
      api = apigwv2.HttpApi(stack, "Shop", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://app.acmecorp.com"]))
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.ANY], integration=backend)${page(text)}`);
const says = "[error] The browser does not send this: a";

describe(rule, () => {
  for (const [language, project] of [
    ["TypeScript", ts],
    ["Python", py],
  ] as const) {
    it(`tells of each body that is there for certain (${language})`, async () => {
      await check(
        rule,
        project(`
      export const a = () => fetch(api + "/orders", { body: "x" });
      //                                              ^^^^ ${says} GET
      export const b = () => fetch(api + "/orders", { method: "get", body: JSON.stringify([]) });
      //                                                             ^^^^ ${says} GET
      export const c = () => fetch(api + "/orders", { method: "HEAD", body: new FormData() });
      //                                                              ^^^^ ${says} HEAD
      export const d = () => fetch(new Request(api + "/orders", { body: "" }));
      //                                                          ^^^^ ${says} GET
      const send = (method: string, data: object) => fetch(api + "/orders", { method, body: JSON.stringify(data) });
      //                                                                              ^^^^ ${says} GET
      send("GET", { status: "open" });`),
      );
    });

    it(`is silent where there may be none, or the method may be another (${language})`, async () => {
      await check(
        rule,
        project(`
      export const a = () => fetch(api + "/orders", { method: "POST", body: "x" });
      export const b = (data?: object) => fetch(api + "/orders", { method: "GET", body: data && JSON.stringify(data) });
      export const c = (data?: object) => fetch(api + "/orders", { body: JSON.stringify(data) });
      export const d = (options: object) => fetch(api + "/orders", { body: "x", ...options });
      export const e = (method: string) => fetch(api + "/orders", { method, body: "x" });
      export const f = () => fetch(api + "/orders", { body: undefined });
      export const g = () => fetch(api + "/orders", { body: null });
      export const h = () => fetch(import.meta.env.VITE_OTHER + "/x/y", { body: "x" });`),
      );
    });
  }
});
