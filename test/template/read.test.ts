import assert from "node:assert/strict";
import type { Api, CorsPolicy, Route, Value } from "../../shared/src/model/model";
import { branches, constantOf } from "../../shared/src/model/value";
import { readTemplates } from "../../shared/src/readers/template/read";
import { projectOf } from "./project";

const sam = "Transform: AWS::Serverless-2016-10-31\n";

const read = (text: string, more: Readonly<Record<string, string>> = {}) =>
  readTemplates(projectOf({ "/app/template.yaml": text, ...more }));

const keysOf = ({ routes }: Api): string[] =>
  routes
    .map((route) => `${constantOf(route.method) ?? "?"} ${constantOf(route.path) ?? "?"}`)
    .sort();

const routeOf = (api: Api | undefined, key: string): Route | undefined =>
  api?.routes.find(
    (route) => `${constantOf(route.method) ?? ""} ${constantOf(route.path) ?? ""}` === key,
  );

const policyOf = ({ cors }: Api): CorsPolicy | undefined =>
  cors.kind === "policy" ? cors.of[0] : undefined;

const textsOf = (value: Value<readonly Value<string>[]> | undefined): unknown[] =>
  value === undefined
    ? []
    : branches(value).map((list) =>
        list.kind === "known"
          ? list.value.map((item) => (item.kind === "known" ? item.value : "?"))
          : "?",
      );

const fn = (events: string): string => `
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: nodejs22.x
      Environment: { Variables: { ORIGIN: "https://a.example", TABLE: !Ref Table } }
      Events:
${events.replace(/^/gm, "        ")}`;

describe("reading SAM", () => {
  it("makes an OPTIONS method of `Cors` for each path that has none", () => {
    const { apis } = read(`${sam}Globals:
  Api: { Cors: "'https://a.example'" }
Resources:${fn(`A: { Type: Api, Properties: { Path: /a, Method: get } }
B: { Type: Api, Properties: { Path: /a, Method: POST } }
C: { Type: Api, Properties: { Path: /c, Method: any } }
D: { Type: Api, Properties: { Path: /d, Method: options } }`)}`);
    const [api] = apis;
    assert.ok(api);
    assert.equal(api.name, "ServerlessRestApi");
    assert.deepEqual(keysOf(api), [
      "ANY /c",
      "GET /a",
      "OPTIONS /a",
      "OPTIONS /c",
      "OPTIONS /d",
      "POST /a",
    ]);
    assert.equal(routeOf(api, "OPTIONS /d")?.generated, undefined);
    assert.equal(routeOf(api, "OPTIONS /a")?.preflight?.form, "samApi");
    assert.deepEqual(textsOf(policyOf(api)?.allowOrigins?.value), [["https://a.example"]]);
  });

  it("gives preflights the default authorizer and the API key unless told otherwise", () => {
    const auth = (more: string): string => `${sam}Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Cors: "'*'"
      Auth:
        DefaultAuthorizer: Users
        ApiKeyRequired: true
        Authorizers: { Users: { UserPoolArn: !GetAtt Pool.Arn, Identity: { Header: X-Token } } }
${more}${fn(`A: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: get } }
B: { Type: Api, Properties: { RestApiId: Api, Path: /b, Method: get, Auth: { Authorizer: NONE, ApiKeyRequired: false } } }`)}`;
    const [closed] = read(auth("")).apis;
    const preflight = routeOf(closed, "OPTIONS /a");
    assert.deepEqual(preflight?.authorization.kind === "some" && preflight.authorization.headers, [
      "x-token",
    ]);
    assert.equal(constantOf(preflight?.apiKeyRequired), true);
    assert.equal(routeOf(closed, "GET /b")?.authorization.kind, "none");
    assert.equal(routeOf(closed, "GET /b")?.apiKeyRequired, undefined);
    const [open] = read(
      auth(
        "        AddDefaultAuthorizerToCorsPreflight: false\n        AddApiKeyRequiredToCorsPreflight: false\n",
      ),
    ).apis;
    assert.equal(routeOf(open, "OPTIONS /a")?.authorization.kind, "none");
    assert.equal(routeOf(open, "OPTIONS /a")?.apiKeyRequired, undefined);
    assert.equal(routeOf(open, "GET /a")?.authorization.kind, "some");
  });

  it("merges Globals: maps by key, lists one after the other", () => {
    const { apis } = read(`${sam}Globals:
  HttpApi: { CorsConfiguration: { AllowOrigins: ["https://a.example"], MaxAge: 60 } }
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties: { CorsConfiguration: { AllowOrigins: ["https://b.example"], MaxAge: 600 } }
`);
    const policy = apis[0] && policyOf(apis[0]);
    assert.deepEqual(textsOf(policy?.allowOrigins?.value), [
      ["https://a.example", "https://b.example"],
    ]);
    assert.equal(constantOf(policy?.maxAge?.value), 600);
  });

  it("takes routes from a document beside the template", () => {
    const { apis } = read(
      `${sam}Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Cors: "'*'"
      DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: api/openapi.yaml } } }
${fn("A: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /ignored, Method: get } }")}`,
      {
        "/app/src/app.js": "",
        "/app/api/openapi.yaml": `openapi: 3.0.1
paths:
  /orders:
    get:
      x-amazon-apigateway-integration:
        type: aws_proxy
        uri: !Sub arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Fn.Arn}/invocations
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } }
`,
      },
    );
    const [api] = apis;
    assert.ok(api);
    assert.deepEqual(keysOf(api), ["GET /orders", "OPTIONS /orders"]);
    assert.equal(routeOf(api, "GET /orders")?.at.file, "/app/api/openapi.yaml");
    assert.deepEqual(routeOf(api, "GET /orders")?.handlers, ["/app/src/app.js#handler"]);
    assert.deepEqual(
      api.gatewayResponses.map(({ type }) => constantOf(type)),
      ["DEFAULT_4XX"],
    );
  });

  it("leaves open what a document in a bucket says", () => {
    const { apis } = read(`${sam}Resources:
  Api: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionUri: "s3://bucket/key" } }
`);
    assert.equal(apis[0]?.routesComplete, false);
    assert.equal(apis[0]?.cors.kind, "unknown");
  });

  it("gives the function its environment, as far as it is certain", () => {
    const { functions } = read(`${sam}Resources:${fn("A: { Type: HttpApi }")}`, {
      "/app/src/app.js": "",
    });
    const code = functions.get("/app/src/app.js#handler");
    assert.deepEqual(code?.k === "file" && Object.keys(code.environment ?? {}), ["ORIGIN"]);
  });

  it("takes a parameter's default for the runtime, where its family is certain", () => {
    const text = (allowed: string): string => `${sam}Parameters:
  Runtime: { Type: String, Default: nodejs22.x, AllowedValues: [${allowed}] }
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: !Ref Runtime
      InlineCode: "exports.handler = async () => ({ statusCode: 200 });"
      Events: { A: { Type: HttpApi } }
`;
    assert.equal(read(text("nodejs20.x, nodejs22.x")).apis[0]?.routes[0]?.handlers.length, 1);
    assert.equal(read(text("nodejs22.x, python3.13")).apis[0]?.routes[0]?.handlers.length, 0);
  });

  it("names the languages whose handlers are not read", () => {
    const { apis } = read(`${sam}Globals: { Function: { Runtime: java21 } }
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: { Handler: a.B, CodeUri: x, Events: { A: { Type: HttpApi, Properties: { Path: /, Method: get } } } }
`);
    assert.equal(apis[0]?.routes[0]?.unlinked, "handlers in Java are not read");
  });
});

describe("reading CloudFormation", () => {
  it("knows a parameter's default as one of two things, and allowed values as all there are", () => {
    const { apis } = read(`Parameters:
  Origin: { Type: String, Default: "https://a.example" }
  Stage: { Type: String, AllowedValues: [dev, prod] }
  Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: /origin }
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: HTTP
      CorsConfiguration: { AllowOrigins: [!Ref Origin, !Sub "https://\${Stage}.example", !Ref Stored] }
`);
    const origins = apis[0] && policyOf(apis[0])?.allowOrigins?.value;
    assert.ok(origins?.kind === "known");
    const [byDefault, allowed, stored] = origins.value.map((item) =>
      branches(item).map((one) => (one.kind === "known" ? one.value : "?")),
    );
    assert.deepEqual(byDefault, ["https://a.example", "?"]);
    assert.deepEqual(allowed, ["https://dev.example", "https://prod.example"]);
    assert.deepEqual(stored, ["?"]);
  });

  it("unfolds conditions, decides those of constants, and looks mappings up", () => {
    const { apis } = read(`Conditions:
  IsProd: !Equals [!Ref AWS::AccountId, "1"]
  Never: !Not [!Equals [a, a]]
Mappings: { Pages: { prod: { Url: "https://p.example" }, dev: { Url: "https://d.example" } } }
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: HTTP
      CorsConfiguration:
        AllowOrigins: [!FindInMap [Pages, prod, Url], !If [Never, x, !Ref AWS::NoValue]]
        AllowHeaders: !If [IsProd, [authorization], !Ref AWS::NoValue]
        AllowMethods: !Split [",", "GET,POST"]
  Other: { Type: AWS::ApiGatewayV2::Api, Condition: Never, Properties: { ProtocolType: HTTP } }
`);
    const policy = apis[0] && policyOf(apis[0]);
    assert.equal(apis.length, 1);
    assert.deepEqual(textsOf(policy?.allowOrigins?.value), [["https://p.example"]]);
    assert.deepEqual(textsOf(policy?.allowMethods?.value), [["GET", "POST"]]);
  });

  it("joins resources, methods and integrations to routes", () => {
    const { apis } = read(
      `Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
  Orders: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders } }
  One: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Orders, PathPart: "{id}" } }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref One
      HttpMethod: GET
      AuthorizationType: AWS_IAM
      Integration: { Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Fn.Arn}/invocations" }
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref One
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      MethodResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }]
      Integration:
        Type: MOCK
        IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }]
  Fn: { Type: AWS::Lambda::Function, Properties: { Handler: app.handler, Runtime: python3.13, Code: ./src } }
`,
      { "/app/src/app.py": "" },
    );
    const [api] = apis;
    assert.ok(api);
    assert.deepEqual(keysOf(api), ["GET /orders/{id}", "OPTIONS /orders/{id}"]);
    assert.deepEqual(routeOf(api, "GET /orders/{id}")?.handlers, ["/app/src/app.py#handler"]);
    assert.equal(routeOf(api, "OPTIONS /orders/{id}")?.integration.responses?.length, 2);
  });

  it("does not call routes complete that another stack or a macro may add to", () => {
    const routes = (extra: string): boolean | undefined =>
      read(`${extra}Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP } }
  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: x.yaml, Parameters: { Id: ${extra === "" ? "!Ref Api" : "a"} } } }
`).apis[0]?.routesComplete;
    assert.equal(routes(""), false);
    assert.equal(routes("Transform: MyMacro\n"), false);
    assert.equal(routes("Transform: AWS::LanguageExtensions\n"), true);
  });

  it("says nothing of templates below a cdk.json", () => {
    const template = "Resources:\n  Api: { Type: AWS::ApiGatewayV2::Api }\n";
    assert.equal(read(template, { "/app/cdk.json": "{}" }).apis.length, 0);
  });
});
