import { check } from "../rules/check";

const handler = `
#- /src/app.py
def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://a.example"}, "body": event["body"]}
`;

describe("findings and fixes in templates", () => {
  it("takes slashes off origins in the quotes that they have, and leaves comments alone", async () => {
    const before = (marks: boolean): string => `
#- /template.yaml
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: HTTP
      CorsConfiguration: # pages
        AllowOrigins:
          - 'https://a.example${marks ? "/" : ""}' # ours
${marks ? "#           ^^^^^^^^^^^^^^^^^^^^ No browser sends this origin: it ends with a slash.\n" : ""}          - https://b.example${marks ? "/" : ""}
${marks ? "#           ^^^^^^^^^^^^^^^^^^ No browser sends this origin: it ends with a slash.\n" : ""}          - "https://c.example${marks ? "/" : ""}"
${marks ? "#           ^^^^^^^^^^^^^^^^^^^^ No browser sends this origin: it ends with a slash.\n" : ""}`;
    await check("origin-never-matches", before(true), before(false));
  });

  it("adds a header to lists on lines, in brackets, in JSON and within SAM's quotes", async () => {
    const route = (api: string): string => `
  ${api}Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref ${api}, RouteKey: POST /, AuthorizationType: JWT, AuthorizerId: !Ref Jwt, Target: !Sub "integrations/\${I}" }`;
    const api = (id: string, headers: string): string => `
  ${id}:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: HTTP
      CorsConfiguration:
        AllowOrigins: [https://a.example]
${headers}`;
    const rest = `
  Jwt: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { AuthorizerType: JWT } }
  I: { Type: AWS::ApiGatewayV2::Integration, Properties: { IntegrationType: HTTP_PROXY } }${route("A")}${route("B")}`;
    await check(
      "allow-headers-missing",
      `
#- /template.yaml
Resources:${api(
        "A",
        `        AllowHeaders:
#       ^^^^^^^^^^^^ The browser may not send authorization
          - content-type # JSON
`,
      )}${api(
        "B",
        `        AllowHeaders: ["content-type"]
#       ^^^^^^^^^^^^ The browser may not send authorization
`,
      )}${rest}`,
      `
#- /template.yaml
Resources:${api(
        "A",
        `        AllowHeaders:
          - content-type # JSON
          - authorization
`,
      )}${api(
        "B",
        `        AllowHeaders: ["content-type", "authorization"]
`,
      )}${rest}`,
    );
  });

  const sam = (cors: string, more = ""): string => `
#- /template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
${cors}
      Auth:
        DefaultAuthorizer: Users
        Authorizers:
          Users:
            UserPoolArn: !GetAtt Pool.Arn
${more}  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: python3.13
      Events:
        Post: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /orders, Method: post } }
`;

  it("adds a header within the quotes of SAM's Cors", async () => {
    await check(
      "allow-headers-missing",
      sam(`      Cors:
        AllowOrigin: "'https://a.example'"
        AllowHeaders: "'Content-Type, X-Api-Key'"
#       ^^^^^^^^^^^^ The browser may not send authorization`) + handler,
      sam(`      Cors:
        AllowOrigin: "'https://a.example'"
        AllowHeaders: "'Content-Type, X-Api-Key, authorization'"`) + handler,
    );
  });

  it("lets preflights through", async () => {
    await check(
      "preflight-needs-authorization",
      sam(`      Cors: "'https://a.example'"`).replace(
        "        DefaultAuthorizer: Users\n",
        `        DefaultAuthorizer: Users
#       ^^^^^^^^^^^^^^^^^ The browser's preflight carries no credentials and is turned away.
#       ^^^^^^^^^^^^^^^^^< The authorizer is set here.
`,
      ),
      sam(
        `      Cors: "'https://a.example'"`,
        "        AddDefaultAuthorizerToCorsPreflight: false\n",
      ),
      { safety: "safe" },
    );
  });

  it("gives the gateway's own answers their headers, where SAM has an option for them", async () => {
    await check(
      "gateway-responses-without-cors",
      sam(`      Cors: "'https://a.example'"
#     ^^^^< Preflights are answered from here.`).replace(
        "  Api:\n",
        `  Api:
# ^^^ The browser shows a CORS error where the API says 401, 403, 429 or 500.
`,
      ),
      sam(
        `      Cors: "'https://a.example'"`,
        `      GatewayResponses:
        DEFAULT_4XX:
          ResponseParameters:
            Headers:
              Access-Control-Allow-Origin: "'https://a.example'"
        DEFAULT_5XX:
          ResponseParameters:
            Headers:
              Access-Control-Allow-Origin: "'https://a.example'"
`,
      ),
      { safety: "safe" },
    );
  });

  it("and as resources elsewhere", async () => {
    const stack = (more: string, marks: string): string => `
#- /template.yaml
Resources:
  Api:
${marks}    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        paths:
          /orders:
            options:
              x-amazon-apigateway-integration:
                type: mock
                responses:
                  default: { statusCode: 200, responseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }
${more}  Table:
    Type: AWS::DynamoDB::Table
`;
    await check(
      "gateway-responses-without-cors",
      stack("", "# ^^^ [information] The browser shows a CORS error where the API says 401\n"),
    );
  });

  it("writes the whole block for an API that has none, in YAML and in JSON", async () => {
    await check(
      "cors-not-configured",
      `
#- /template.yaml
Transform: AWS::Serverless-2016-10-31

Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: python3.13
      Events:
        Post:
#       ^^^^ The browser's preflight gets no CORS headers, so the request is never sent.
          Type: HttpApi
          Properties:
            Path: /orders
            Method: post
${handler}`,
      `
#- /template.yaml
Transform: AWS::Serverless-2016-10-31

Globals:
  HttpApi:
    CorsConfiguration:
      AllowOrigins:
        - https://app.example.com
      AllowMethods:
        - POST
      AllowHeaders:
        - content-type
      MaxAge: 7200

Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: python3.13
      Events:
        Post:
          Type: HttpApi
          Properties:
            Path: /orders
            Method: post
${handler}`,
    );
    const json = (block: string, mark = ""): string => `
#- /template.json
{
  "Resources": {
    "Api": {
${mark}      "Type": "AWS::ApiGatewayV2::Api",
      "Properties": {
        "ProtocolType": "HTTP"${block}
      }
    },
    "Route": {
      "Type": "AWS::ApiGatewayV2::Route",
      "Properties": {
        "ApiId": { "Ref": "Api" }, "RouteKey": "POST /orders",
        "Target": { "Fn::Sub": "integrations/\${I}" }
      }
    },
    "I": {
      "Type": "AWS::ApiGatewayV2::Integration",
      "Properties": { "IntegrationType": "AWS_PROXY", "IntegrationUri": { "Fn::GetAtt": ["Fn", "Arn"] } }
    },
    "Fn": {
      "Type": "AWS::Lambda::Function",
      "Properties": { "Handler": "app.handler", "Runtime": "python3.13", "Code": "src" }
    }
  }
}
${handler}`;
    await check(
      "cors-not-configured",
      json("", "#   ^^^^^ The browser's preflight gets no CORS headers\n"),
      json(`,
        "CorsConfiguration": {
          "AllowOrigins": ["https://app.example.com"],
          "AllowMethods": ["POST"],
          "AllowHeaders": ["content-type"],
          "MaxAge": 7200
        }`),
    );
  });

  it("quotes mapping values, and drops credentials with their line", async () => {
    await check(
      "mapping-value-unquoted",
      sam(`      Cors:
        AllowOrigin: '*'
#                    ^^^ The browser never gets this header: API Gateway refuses the value at deploy.`),
      sam(`      Cors:
        AllowOrigin: "'*'"`),
    );
    const url = (line: string, marks = false): string => `
#- /template.yaml
Resources:
  Url:
    Type: AWS::Lambda::Url
    Properties:
      AuthType: NONE
      TargetFunctionArn: !Ref Fn
      Cors:
        AllowOrigins: ["*"]
${marks ? "#                      ^^^ With cookies the browser refuses every response whose allowed origin is *.\n" : ""}${line}        MaxAge: 600
`;
    await check(
      "wildcard-origin-with-credentials",
      url(
        `        AllowCredentials: true # for the session
#       ^^^^^^^^^^^^^^^^< Credentials are allowed here.
`,
        true,
      ),
      url(""),
      { title: "Do without credentials" },
    );
  });

  it("is switched off by a comment", async () => {
    await check(
      "origin-never-matches",
      `
#- /template.yaml
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      CorsConfiguration:
        CorsRules:
          - AllowedMethods: [PUT]
            # cors-lens-disable-next-line origin-never-matches: a test
            AllowedOrigins: ["https://a.example/"]
`,
    );
  });
});
