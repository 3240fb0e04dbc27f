import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesWildcard } from "../../shared/src/base/wildcard";
import { explainCall } from "../../shared/src/gateway";
import { behaviorFor } from "../../shared/src/gateway/cdn";
import type { Api, CloudFrontBehavior, Strings } from "../../shared/src/model/model";
import { stackTs } from "../rules/samples";
import { callOf, ending, modelFrom } from "./table";

const at = { file: "/stack.ts", start: 0, end: 0 };
const list = (...texts: string[]): Strings => ({
  kind: "known",
  value: texts.map((value) => ({ kind: "known", value, at })),
  at,
});
const yes = { kind: "known", value: true, at } as const;
const no = { kind: "known", value: false, at } as const;
const door: CloudFrontBehavior = {
  at,
  allowedMethods: list("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"),
  forwardsOrigin: yes,
  originInCacheKey: yes,
  servesPages: false,
};

async function through(
  change: Partial<CloudFrontBehavior>,
  rows: Readonly<Record<string, string>>,
  way: "cdn" | "direct" | "either" = "cdn",
): Promise<void> {
  const model = await modelFrom(
    stackTs(`
    const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
    const cors = { allowOrigins: ["https://app.acmecorp.com"], allowMethods: [CorsHttpMethod.PUT] };
    const api = new HttpApi(stack, "Api", { corsPreflight: cors });
    api.addRoutes({ path: "/api/orders", methods: [HttpMethod.GET, HttpMethod.PUT], integration: new HttpLambdaIntegration("Orders", fn) });
    //- /lambda/orders.js
    exports.handler = async () => ({ statusCode: 200 });
    `),
  );
  const [first] = model.apis;
  assert.ok(first);
  const api: Api = { ...first, behaviors: [{ ...door, ...change }] };
  const endings = Object.keys(rows).map((row) => [
    row,
    ending(explainCall(model, api, { ...callOf(row), ...(way === "either" ? {} : { way }) })),
  ]);
  assert.deepEqual(Object.fromEntries(endings), rows);
}

describe("gateway: CloudFront in front", () => {
  it("passes on what it is told to pass on", () =>
    through({}, { "PUT /api/orders": "allowed, preflight 204 gateway, response 200 handler" }));

  it("takes the behaviour of the pattern that fits first, and the default last", () => {
    const known = (value: string) => ({ kind: "known", value, at }) as const;
    const read = { ...door, allowedMethods: list("GET", "HEAD") };
    const named = (pattern: string, methods = door.allowedMethods): CloudFrontBehavior => ({
      ...door,
      pathPattern: known(pattern),
      allowedMethods: methods,
    });
    const api = (...behaviors: readonly CloudFrontBehavior[]) => ({ behaviors }) as unknown as Api;
    const [orders, all] = [named("/api/orders"), named("api/*", read.allowedMethods)];
    const [jpg, one] = [named("*.jpg"), named("/a?c")];
    const unseen = { ...door, pathPattern: { kind: "unknown", because: "x", at } as const };
    const rows: readonly (readonly [Api, string, CloudFrontBehavior | undefined])[] = [
      [api(read, orders), "/api/orders", orders],
      [api(read, orders), "/api/orders?x=1", orders],
      [api(read, orders), "/other", read],
      [api(read, orders, all), "/api/orders", orders],
      [api(all, read, orders), "/api/orders", all],
      [api(orders), "/other", undefined],
      [api(unseen, read), "/x", read],
      [api(read, jpg), "/a/b.jpg", jpg],
      [api(read, one), "/abc", one],
      [api(read, one), "/abbc", read],
      [api(named("/A/*"), read), "/a/b", read],
    ];
    for (const [each, path, wanted] of rows) {
      assert.equal(behaviorFor(each, path), wanted, path);
    }
  });

  it("matches patterns without ever going back over more than one star", () => {
    assert.equal(matchesWildcard(`${"*a".repeat(120)}b`, "a".repeat(5000)), false);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "/"), maxLength: 8 }),
        fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 12 }),
        (pattern, text) => {
          const source = pattern.replaceAll("*", ".*").replaceAll("?", ".");
          assert.equal(matchesWildcard(pattern, text), new RegExp(`^${source}$`).test(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("refuses methods that the behaviour does not list", () =>
    through(
      { allowedMethods: list("GET", "HEAD") },
      {
        "PUT /api/orders": "blocked, preflight-allow-origin-present, preflight 403 cdn",
        "GET /api/orders": "allowed, response 200 handler",
      },
    ));

  it("drops Origin, so that the API adds no header", () =>
    through(
      { forwardsOrigin: no },
      {
        "GET /api/orders": "blocked, response-allow-origin-present, response 200 handler",
        "PUT /api/orders": "blocked, preflight-allow-origin-present, preflight 404 gateway",
      },
    ));

  it("may answer with what another origin got when Origin is not in the cache key", () =>
    through(
      { originInCacheKey: no },
      {
        "GET /api/orders":
          "conditional, response-allow-origin-present, response 200 handler|200 cdn",
      },
    ));

  it("is one way to the API, and the API's own address another, unless it is known which", async () => {
    const refuses = { allowedMethods: list("GET", "HEAD") };
    const direct = { "PUT /api/orders": "allowed, preflight 204 gateway, response 200 handler" };
    await through(refuses, direct, "direct");
    const model = {
      "PUT /api/orders":
        "conditional, preflight-allow-origin-present, preflight 403 cdn|204 gateway, response 403 cdn|200 handler",
    };
    await through(refuses, model, "either");
  });

  it("does not matter when pages come from the same distribution, or for other paths", async () => {
    // The policy names other origins: their pages call the API as well.
    await through(
      { servesPages: true },
      { "PUT /api/orders": "allowed, preflight 204 gateway, response 200 handler" },
    );
    await through(
      { allowedMethods: list("GET"), pathPattern: { kind: "known", value: "/other/*", at } },
      { "PUT /api/orders": "allowed, preflight 204 gateway, response 200 handler" },
    );
  });
});
