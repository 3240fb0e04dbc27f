/** Headers that tracing libraries add to a page's calls. */
import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "allow-headers-missing";

const api = `
      const api = new HttpApi(stack, "Shop", { corsPreflight: {
        allowOrigins: ["https://app.acmecorp.com"],
        allowHeaders: ["content-type"],
      //^^^^^^^^^^^^ [warning] The browser may not send
      } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });`;
const silent = api.replace(/\n *\/\/\^.*/, "");
const page = (text: string): string => `
      //- /web/main.ts
${text}
      //- /web/orders.ts
      export const load = () => fetch(import.meta.env.VITE_SHOP_URL + "/orders");`;

describe("a tracing library", () => {
  it("adds headers to the URLs that it is told", async () => {
    const libraries = [
      `      import * as Sentry from "@sentry/react";
      Sentry.init({ dsn: "x", integrations: [Sentry.browserTracingIntegration()], tracePropagationTargets: ["localhost", import.meta.env.VITE_SHOP_URL] });`,
      `      import { init, browserTracingIntegration } from "@sentry/browser";
      init({ integrations: [browserTracingIntegration()], tracePropagationTargets: [/^https:\\/\\/.*/] });`,
      `      import { datadogRum } from "@datadog/browser-rum";
      const api = import.meta.env.VITE_SHOP_URL;
      datadogRum.init({ allowedTracingUrls: [{ match: api, propagatorTypes: ["tracecontext"] }] });`,
      `      import { AwsRum } from "aws-rum-web";
      new AwsRum("a", "1", "eu-west-1", { enableXRay: true, telemetries: ["errors", ["http", { addXRayTraceIdHeader: true }]] });`,
      `      import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
      export const fetching = new FetchInstrumentation({ propagateTraceHeaderCorsUrls: /.+/ });`,
    ];
    for (const library of libraries) await check(rule, stackTs(api + page(library)));
    await check(
      rule,
      stackPy(`
      api = apigwv2.HttpApi(stack, "Shop", cors_preflight=apigwv2.CorsPreflightOptions(
          allow_origins=["https://app.acmecorp.com"],
          allow_headers=["content-type"],
      #   ^^^^^^^^^^^^^ [warning] The browser may not send sentry-trace and baggage
      ))
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=backend)${page(libraries[0] ?? "")}`),
    );
  });

  it("adds none without targets, without tracing, to other addresses, or by a pattern that is not run", async () => {
    const libraries = [
      `      import * as Sentry from "@sentry/react";
      Sentry.init({ integrations: [Sentry.browserTracingIntegration()] });`,
      `      import * as Sentry from "@sentry/react";
      Sentry.init({ tracePropagationTargets: [import.meta.env.VITE_SHOP_URL] });`,
      `      import { datadogRum } from "@datadog/browser-rum";
      datadogRum.init({ allowedTracingUrls: ["https://elsewhere.acmecorp.com", import.meta.env.VITE_OTHER_URL] });`,
      `      import { AwsRum } from "aws-rum-web";
      new AwsRum("a", "1", "eu-west-1", { enableXRay: false, telemetries: [["http", { addXRayTraceIdHeader: true }]] });`,
      `      import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
      export const fetching = new FetchInstrumentation({ propagateTraceHeaderCorsUrls: [/shop\\.acmecorp/] });`,
    ];
    for (const library of libraries) await check(rule, stackTs(silent + page(library)));
  });
});
