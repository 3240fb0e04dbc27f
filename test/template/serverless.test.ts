import assert from "node:assert/strict";
import type { Api } from "../../shared/src/model/model";
import { constantOf } from "../../shared/src/model/value";
import { readTemplates } from "../../shared/src/readers/template/read";
import { check } from "../rules/check";
import { projectOf } from "./project";

const head = "service: shop\nprovider:\n  name: aws\n  runtime: nodejs22.x\n";

const apisOf = (text: string, more: Readonly<Record<string, string>> = {}): readonly Api[] =>
  readTemplates(projectOf({ "/app/serverless.yml": text, ...more })).apis;

const keysOf = (api: Api | undefined): string[] =>
  (api?.routes ?? []).map(
    ({ method, path }) => `${constantOf(method) ?? "?"} ${constantOf(path) ?? "?"}`,
  );

describe("serverless.yml", () => {
  it("has one REST API and one HTTP API for all functions", () => {
    const [rest, http] = apisOf(
      `${head}  environment: { TABLE: "\${self:custom.table}" }
custom: { table: orders }
functions:
  a:
    handler: src/a.main
    events:
      - http: GET orders
      - http: { path: "/orders/{id}/", method: any, cors: true, authorizer: aws_iam }
      - httpApi: "*"
      - httpApi: { path: /x, method: post, authorizer: { name: users } }
`,
      { "/app/src/a.js": "" },
    );
    assert.deepEqual(keysOf(rest), ["GET /orders", "ANY /orders/{id}", "OPTIONS /orders/{id}"]);
    assert.deepEqual(keysOf(http), ["ANY $default", "POST /x"]);
    assert.deepEqual(rest?.routes[0]?.handlers, ["/app/src/a.js#main"]);
    assert.equal(
      rest?.routes[1]?.authorization.kind === "some" && rest.routes[1].authorization.type,
      "iam",
    );
    assert.equal(http?.cors.kind, "none");
    assert.equal(rest?.routesComplete, true);
  });

  it("leaves open what variables and other files say", () => {
    const [api] = apisOf(`${head}functions:
  a: { handler: a.main, events: [{ httpApi: GET /a }] }
  b: \${file(b.yml)}
`);
    assert.equal(api?.routesComplete, false);
    const [rest] = apisOf(`${head}functions:
  a: { handler: a.main, events: [{ http: { path: a, method: get, cors: "\${opt:cors}" } }] }
`);
    assert.equal(rest?.cors.kind, "unknown");
    assert.equal(apisOf(`${head}functions: \${file(f.yml)}\n`).length, 0);
    assert.equal(
      apisOf("provider: { name: google }\nfunctions: { a: { events: [{ http: GET a }] } }\n")
        .length,
      0,
    );
  });

  for (const [what, handler, custom] of [
    ["a value of the file", "${self:custom.out}/teams.run", "out: src"],
    [
      "a name that another variable gives",
      "${self:custom.outs.${self:custom.kind}}teams.run",
      "kind: made\n  outs: { made: src/, other: b/ }",
    ],
    ["a default", "${opt:out, 'src'}/teams.run", "x: 1"],
    ["a default within a value", "${self:custom.out}/teams.run", "out: \"${param:out, 'src'}\""],
  ] as const) {
    it(`finds a handler by ${what}`, () => {
      const [api] = apisOf(
        `${head}custom:\n  ${custom}\nfunctions:\n  a:\n    handler: ${handler}\n    events:\n      - httpApi: GET /a\n`,
        { "/app/src/teams.js": "" },
      );
      assert.deepEqual(api?.routes[0]?.handlers, ["/app/src/teams.js#run"]);
    });
  }

  it("finds no handler where variables go round in a circle, or say nothing", () => {
    for (const [handler, custom] of [
      ["${self:custom.a}.run", "a: ${self:custom.b}\n  b: ${self:custom.a}"],
      ["${self:custom.a}.run", "a: x${self:custom.a}y${self:custom.a}"],
      ["${env:NAME}.run", "a: 1"],
    ] as const) {
      const [api] = apisOf(
        `${head}custom:\n  ${custom}\nfunctions:\n  a: { handler: "${handler}", events: [{ httpApi: GET /a }] }\n`,
      );
      assert.equal(api?.routes[0]?.unlinked, "the handler's name is not known");
    }
  });

  it("finds gateway responses among its resources", () => {
    const [api] = apisOf(`${head}functions:
  a: { handler: a.main, events: [{ http: { path: a, method: get, cors: true } }] }
resources:
  Resources:
    Errors:
      Type: AWS::ApiGateway::GatewayResponse
      Properties:
        RestApiId: !Ref ApiGatewayRestApi
        ResponseType: DEFAULT_4XX
        ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" }
`);
    assert.deepEqual(
      api?.gatewayResponses.map(({ type }) => constantOf(type)),
      ["DEFAULT_4XX"],
    );
  });

  it("is told of and fixed in its own words", async () => {
    const text = (origins: string, marks = ""): string => `
#- /serverless.yml
service: shop
provider:
  name: aws
  httpApi:
    cors:
      allowedOrigins: ${origins}
${marks}      allowedHeaders: [content-type]
      allowCredentials: true
${marks === "" ? "" : "#     ^^^^^^^^^^^^^^^^< Credentials are allowed here.\n"}functions:
  a: { handler: a.main, events: [{ httpApi: GET /a }] }
`;
    await check(
      "wildcard-origin-with-credentials",
      text(
        '["*"]',
        "#                      ^^^ With cookies the browser refuses every response whose allowed origin is *.\n",
      ),
      text('["https://app.acmecorp.com"]'),
      { context: { origins: ["https://app.acmecorp.com"] } },
    );
    const url = (line: string): string => `
#- /serverless.yml
service: shop
provider: { name: aws }
functions:
  a:
    handler: a.main
    url:
      cors: # pages
${line}        maxAge: 60
`;
    await check(
      "allow-origins-missing",
      url("        allowedOrigins: []\n#       ^^^^^^^^^^^^^^\n"),
      url("        allowedOrigins: [https://app.acmecorp.com]\n"),
      { context: { origins: ["https://app.acmecorp.com"] } },
    );
  });
});
