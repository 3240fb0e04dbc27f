import assert from "node:assert/strict";
import { readConsole } from "../../shared/src/browser";
import { explainError } from "../../server/src/console/explain-error";
import type { ErrorExplanation } from "../../server/src/console/explain-error";
import { noteOnStatus } from "../../server/src/console/other-services";
import { readTemplates } from "../../shared/src/readers/template/read";
import { parseLiteral } from "../rules/literal";
import { modelFrom } from "../gateway/table";
import { projectOf } from "../template/project";

const template = `//- /template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  ShopApi:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration: { AllowOrigins: ["https://app.acmecorp.com"], AllowMethods: [GET] }
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      CorsConfiguration:
        CorsRules: [{ AllowedOrigins: ["https://app.acmecorp.com"], AllowedMethods: [GET] }]
  Profile:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: RUNTIME
      Handler: h.handler
      Events:
        All: { Type: HttpApi, Properties: { ApiId: !Ref ShopApi, Path: "/{proxy+}", Method: GET } }
`;
const python = `${template.replace("RUNTIME", "python3.13")}//- /h.py
def handler(event, context):
    return {"statusCode": 302, "headers": {"Location": "https://login.acmecorp.com/"}}
`;
const javascript = `${template.replace("RUNTIME", "nodejs22.x")}//- /h.js
exports.handler = async () => ({ statusCode: 302, headers: { Location: "https://login.acmecorp.com/" } });
`;

const missing = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
const blocked = (url: string, why = missing): string =>
  `Access to fetch at '${url}' from origin 'https://app.acmecorp.com' has been blocked by CORS policy: ${why}`;

async function explained(text: string, files = python): Promise<ErrorExplanation> {
  const model = await modelFrom(files);
  const [error] = readConsole(text);
  assert.ok(error);
  return explainError(error, [{ model, findings: [], addresses: () => [] }]);
}

describe("errors at other services", () => {
  const hosts: Readonly<Record<string, readonly [url: string, told: RegExp]>> = {
    AppSync: ["https://a.appsync-api.eu-west-1.amazonaws.com/graphql", /its own CORS headers/],
    "AppSync's sockets": [
      "https://a.appsync-realtime-api.eu-west-1.amazonaws.com/graphql",
      /for WebSockets/,
    ],
    "Cognito's pages": [
      "https://x.auth.eu-west-1.amazoncognito.com/login?client_id=1",
      /managed login, for people/,
    ],
    "Cognito's authorize": [
      "https://x.auth.eu-west-1.amazoncognito.com/oauth2/authorize",
      /managed login, for people/,
    ],
    "Cognito's token endpoint": [
      "https://x.auth.eu-west-1.amazoncognito.com/oauth2/token",
      /token endpoint is made for pages/,
    ],
  };
  for (const [name, [url, told]] of Object.entries(hosts))
    it(`${name} is told apart, though an API of the workspace takes every path`, async () => {
      const { kind, note } = await explained(blocked(url));
      assert.equal(kind, "elsewhere");
      assert.match(note ?? "", told);
    });

  it("socket.io is told where no API has such a path", async () => {
    const url = "https://w.execute-api.eu-west-1.amazonaws.com/prod/socket.io/?EIO=4";
    const { note } = await explained(blocked(url), python.replace("/{proxy+}", "/profile"));
    assert.match(note ?? "", /socket\.io begins with requests over HTTP/);
  });

  it("leaves other hosts to the APIs of the workspace", async () => {
    assert.ok((await explained(blocked("https://api.acmecorp.com/x"))).replay);
    assert.ok((await explained(blocked("https://auth.acmecorp.com/login"))).replay);
  });
});

describe("errors at buckets", () => {
  const preflight = "Response to preflight request doesn't pass access control check: ";
  const put = (host: string): string =>
    `${blocked(`https://${host}/k`, preflight + missing)}\nPUT https://${host}/k net::ERR_FAILED`;

  it("lead to the rule that comes nearest", async () => {
    for (const host of ["up.s3.eu-west-1.amazonaws.com", "s3.amazonaws.com/up"]) {
      const { note, located } = await explained(put(host));
      assert.match(
        note ?? "",
        /Uploads is the bucket. None of its CORS rules allows PUT as method/,
      );
      const { files } = parseLiteral(python, "/t.yaml");
      const text = [...files].find(([file]) => file === located?.at?.file)?.[1] ?? "";
      assert.match(text.slice(located?.at?.start).split("\n")[0] ?? "", /AllowedOrigins/);
    }
  });

  it("say what S3 does where the bucket is not known", async () => {
    const none = python.replace(/ {2}Uploads:[^]*?(?= {2}Profile)/, "");
    assert.match(
      (await explained(put("up.s3.amazonaws.com"), none)).note ?? "",
      /the first whose origin, method and headers fit/,
    );
  });
});

describe("errors behind a redirect", () => {
  const text = blocked("https://login.acmecorp.com/").replace(
    "' from",
    "' (redirected from 'https://a1.execute-api.eu-west-1.amazonaws.com/me') from",
  );
  for (const [name, files] of Object.entries({ python, javascript }))
    it(`lead to the answer that redirects (${name})`, async () => {
      const { kind, located, because } = await explained(text, files);
      assert.equal(kind, "explained");
      assert.match(because ?? "", /The function redirects here.* as origin null/);
      const { files: all } = parseLiteral(files, "/t.yaml");
      const code = [...all].find(([file]) => file === located?.at?.file)?.[1] ?? "";
      assert.match(code.slice(located?.at?.start, located?.at?.end), /login\.acmecorp\.com/);
    });

  it("say of another target what they said before", async () => {
    const other = text.replaceAll("login.acmecorp", "other.acmecorp");
    assert.notEqual((await explained(other)).kind, "explained");
  });
});

describe("statuses that gateways give by themselves", () => {
  const apis = (more: string) =>
    readTemplates(
      projectOf({
        "/t.yaml": `Resources:
  Rest:
    Type: AWS::Serverless::Api
    Properties: { StageName: p, Cors: "'*'"${more} }
  Http: { Type: AWS::Serverless::HttpApi }
`,
      }),
    ).apis;
  const [rest, http] = [
    (more = "") => apis(more).find(({ name }) => name === "Rest"),
    () => apis("").find(({ name }) => name === "Http"),
  ];

  it("name REST's gateway responses, and whether the code has them", () => {
    const bare = rest();
    const covered = rest(
      ", GatewayResponses: { THROTTLED: { ResponseParameters: { Headers: { Access-Control-Allow-Origin: \"'*'\" } } } }",
    );
    assert.ok(bare && covered);
    assert.match(noteOnStatus(403, bare) ?? "", /WAF_FILTERED.*DEFAULT_4XX.*none of them/);
    assert.match(noteOnStatus(429, bare) ?? "", /THROTTLED.*none of them/);
    assert.match(noteOnStatus(429, covered) ?? "", /gives one of them the header/);
    assert.match(noteOnStatus(413, covered) ?? "", /REQUEST_TOO_LARGE.*none of them/);
    assert.match(noteOnStatus(504, bare) ?? "", /INTEGRATION_TIMEOUT.*DEFAULT_5XX/);
  });

  it("claim nothing of HTTP APIs that AWS does not say, and nothing of other statuses", () => {
    const api = http();
    assert.ok(api);
    assert.match(noteOnStatus(429, api) ?? "", /AWS does not say/);
    assert.equal(noteOnStatus(404, api), undefined);
    assert.equal(noteOnStatus(undefined, api), undefined);
  });
});

describe("a redirect in a call that is explained", () => {
  it("is followed to where the code does not reach", async () => {
    const { explainCall } = await import("../../shared/src/gateway");
    const model = await modelFrom(python);
    const [api] = model.apis;
    assert.ok(api);
    const told = explainCall(model, api, {
      origin: "https://app.acmecorp.com",
      method: "GET",
      path: "/me",
      headers: [],
      credentials: "omit",
    });
    assert.equal(told.verdict, "unknown");
    assert.match(told.because, /follows this redirect to https:\/\/login\.acmecorp\.com\//);
  });
});
