import { check } from "./check";
import { handlerTs, stackPy, stackTs } from "./samples";

const rule = "cross-site-cookie-refused";

const withPolicy = (more = "", options = "") => `
      const api = new HttpApi(stack, "Api", { ${options}corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowHeaders: ["content-type"], allowCredentials: true } });
      const fn = new NodejsFunction(stack, "Fn", { entry: "orders.ts" });
      api.addRoutes({ path: "/", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("Fn", fn) });${more}`;

const answers = (claims = true) => {
  const text = handlerTs(`
      const expires = new Date().toUTCString();
      const ask = event.queryStringParameters ?? {};
      if (ask.a) return { statusCode: 200, cookies: ["a=1"] };
      //                                             ^^^^^ [warning] Chromium does not keep this cookie
      if (ask.b) return { statusCode: 200, multiValueHeaders: { "set-cookie": ["b=1; SameSite=Lax", "c=1; SameSite=none; secure"] } };
      //                                                                       ^^^^^^^^^^^^^^^^^^^ [warning] The browser does not keep this cookie
      if (ask.c) return { statusCode: 200, headers: { "Set-Cookie": "d=" + ask.d + "; Expires=" + expires + "; samesite=strict" } };
      //                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser does not keep this cookie
      if (ask.e) return { statusCode: 200, cookies: ["e=1; SameSite=None; HttpOnly"] };
      //                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser refuses this cookie
      return { statusCode: 200, cookies: [\`f=1\${ask.more}\`, \`g=1; \${ask.rest}\`, ask.h, "i=1; Domain=acmecorp.com"] };`);
  return claims ? text : text.replace(/^ *\/\/ +\^.*\n/gm, "");
};
const refusedAnywhere = answers(false).replace(
  /(.*SameSite=None; HttpOnly.*\n)/,
  `$1  //                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser refuses this cookie\n`,
);

describe(rule, () => {
  it("tells what each text lacks, and is silent where attributes may not be seen", async () => {
    await check(rule, stackTs(withPolicy()) + answers());
  });

  it("takes any name of one's own for one of the page's site", async () => {
    const ways = [
      withPolicy(`
      new apigateway.DomainName(stack, "Name", { domainName: "api.acmecorp.com", certificate: undefined as any });`),
      withPolicy("", "defaultDomainMapping: { domainName: undefined as any }, "),
      withPolicy(`
      new cloudfront.Distribution(stack, "Cdn", { defaultBehavior: { origin: undefined as any } });`),
    ];
    const imports = `import * as cloudfront from "aws-cdk-lib/aws-cloudfront";\n`;
    for (const way of ways)
      await check(
        rule,
        stackTs(way).replace("//- /stack.ts\n", `//- /stack.ts\n${imports}`) + refusedAnywhere,
      );
  });

  it("is silent where no page sends cookies, and about values that other functions make", async () => {
    const open = stackTs(withPolicy().replace(", allowCredentials: true", ""));
    await check(rule, open + answers(false));
    await check(
      rule,
      `${stackTs(withPolicy())}//- /orders.ts
import { serialize } from "cookie";
import { issue, options } from "sessions";
export const handler = async (event: any) => {
  const ask = event.queryStringParameters ?? {};
  if (ask.a) return { statusCode: 200, cookies: [serialize("a", "1", { httpOnly: true, sameSite: "none", secure: true })] };
  if (ask.b) return { statusCode: 200, cookies: [serialize("b", "1", { ...options })] };
  if (ask.c) return { statusCode: 200, cookies: [issue()] };
  return { statusCode: 200, cookies: [serialize("d", "1", { sameSite: "lax" })] };
  //                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser does not keep this cookie
};
`,
    );
  });

  it("of Python: a Function URL's address is a site of its own too", async () => {
    await check(
      rule,
      `${stackPy(`
      fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_12, handler="orders.handler", code=lambda_.Code.from_asset("src"))
      fn.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE, cors=lambda_.FunctionUrlCorsOptions(allowed_origins=["https://app.acmecorp.com"], allow_credentials=True))`)}#- /src/orders.py
def handler(event, context):
    token = event["body"]
    return {"statusCode": 200, "cookies": ["a={}; Path=/".format(token), f"b={token}; SameSite=None; Secure", "c=1; Secure"]}
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] Chromium does not keep this cookie
    #                                                                                                         ^^^^^^^^^^^^^ [warning] Chromium does not keep this cookie
`,
    );
  });

  it("of SAM: a domain, made in whichever template, is a name of one's own", async () => {
    const app = (api = "", more = "") => `//- /template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: ["https://app.acmecorp.com"]
        AllowHeaders: [content-type]
        AllowCredentials: true
${api}  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: orders.handler
      Runtime: nodejs20.x
      Events:
        All: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /, Method: GET } }
${more}//- /orders.js
exports.handler = async () => ({ statusCode: 200, cookies: ["a=1"] });
`;
    const refused = `//                                                          ^^^^^ [warning] Chromium does not keep this cookie\n`;
    await check(rule, app() + refused);
    await check(rule, app("      Domain: { DomainName: api.acmecorp.com }\n"));
    await check(
      rule,
      app(
        "",
        `//- /names/template.yaml
Resources:
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: { ApiId: !ImportValue Api, DomainName: api.acmecorp.com, Stage: $default }
`,
      ),
    );
  });
});
