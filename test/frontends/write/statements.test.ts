import type { Edit } from "../../../shared/src/model/edit";
import { declines, spells, type Edits } from "./spell";

const routeMethods =
  (...methods: string[]): Edits =>
  (at) => [{ kind: "setRouteMethods", call: at("call"), methods }];
const opens: Edits = (at) => [{ kind: "setMethodOpen", call: at("call") }];
const removes: Edits = (at) => [{ kind: "removeStatement", statement: at("gone") }];
const behaves =
  (option: Extract<Edit, { kind: "setBehavior" }>["option"], member: string): Edits =>
  (at) => [{ kind: "setBehavior", block: at("block"), option, member }];

describe("writing setRouteMethods", () => {
  spells(
    "replaces the list",
    "s.ts",
    routeMethods("GET", "POST"),
    `«call:api.addRoutes({
  path: "/orders",
  methods: [v2.HttpMethod.ANY], // all
  integration,
})»;
`,
    `api.addRoutes({
  path: "/orders",
  methods: [v2.HttpMethod.GET, v2.HttpMethod.POST], // all
  integration,
});
`,
  );
  spells(
    "adds the list in Python",
    "s.py",
    routeMethods("GET"),
    `from aws_cdk import aws_apigatewayv2 as v2
«call:api.add_routes(
    path="/orders",
    integration=integration
)»
`,
    `from aws_cdk import aws_apigatewayv2 as v2
api.add_routes(
    path="/orders",
    integration=integration,
    methods=[v2.HttpMethod.GET]
)
`,
  );
  spells(
    "repeats addMethod",
    "s.py",
    routeMethods("GET", "PUT"),
    `def f():\n    «call:orders.add_method("ANY", integration)»\n`,
    `def f():\n    orders.add_method("GET", integration)\n    orders.add_method("PUT", integration)\n`,
  );
  spells(
    "keeps a single addMethod's result",
    "s.ts",
    routeMethods("GET"),
    `const m = «call:r.addMethod('ANY')»;\n`,
    `const m = r.addMethod('GET');\n`,
  );
  declines(
    "to repeat a call whose result is used",
    "s.ts",
    routeMethods("GET", "PUT"),
    `const m = «call:r.addMethod('ANY')»;\n`,
  );
});

describe("writing addOptionsRoute", () => {
  const edits: Edits = (at) => [
    {
      kind: "addOptionsRoute",
      api: "this.api",
      path: "/{proxy+}",
      statement: at("after"),
      integration: at("integration"),
    },
  ];
  spells(
    "makes a route without authorizer",
    "s.ts",
    edits,
    `import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
class S {
  constructor() {
    const integration = new HttpLambdaIntegration('I', fn);
    «after:this.api = new HttpApi(this, 'Api', { defaultIntegration: «integration:integration» });»
  }
}
`,
    `import { HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
class S {
  constructor() {
    const integration = new HttpLambdaIntegration('I', fn);
    this.api = new HttpApi(this, 'Api', { defaultIntegration: integration });
    this.api.addRoutes({
      path: '/{proxy+}',
      methods: [HttpMethod.OPTIONS],
      authorizer: new HttpNoneAuthorizer(),
      integration,
    });
  }
}
`,
  );
  spells(
    "makes a route in Python",
    "s.py",
    (at) => [{ ...edits(at)[0], api: "api" } as Edit],
    `import aws_cdk.aws_apigatewayv2 as v2
«after:api.add_routes(path="/", integration=«integration:HttpLambdaIntegration("I", fn)»)»
`,
    `import aws_cdk.aws_apigatewayv2 as v2
api.add_routes(path="/", integration=HttpLambdaIntegration("I", fn))
api.add_routes(
    path="/{proxy+}",
    methods=[v2.HttpMethod.OPTIONS],
    authorizer=v2.HttpNoneAuthorizer(),
    integration=HttpLambdaIntegration("I", fn),
)
`,
  );
});

describe("writing setMethodOpen", () => {
  spells(
    "takes the authorizer away",
    "s.ts",
    opens,
    `import * as apigw from "aws-cdk-lib/aws-apigateway";
«call:r.addMethod("OPTIONS", mock, { authorizer, apiKeyRequired: true })»;
`,
    `import * as apigw from "aws-cdk-lib/aws-apigateway";
r.addMethod("OPTIONS", mock, {
  apiKeyRequired: false,
  authorizationType: apigw.AuthorizationType.NONE,
});
`,
  );
  spells(
    "gives options to a call that has none",
    "s.ts",
    opens,
    `import { MockIntegration } from "aws-cdk-lib/aws-apigateway";
«call:r.addMethod("OPTIONS", new MockIntegration())»;
`,
    `import { MockIntegration, AuthorizationType } from "aws-cdk-lib/aws-apigateway";
r.addMethod("OPTIONS", new MockIntegration(), {
  authorizationType: AuthorizationType.NONE,
  apiKeyRequired: false,
});
`,
  );
  spells(
    "gives keyword arguments",
    "s.py",
    opens,
    `from aws_cdk import aws_apigateway as apigw
«call:r.add_method("OPTIONS", mock, authorizer=auth)»
`,
    `from aws_cdk import aws_apigateway as apigw
r.add_method(
    "OPTIONS",
    mock,
    authorization_type=apigw.AuthorizationType.NONE,
    api_key_required=False,
)
`,
  );
  spells(
    "opens a route of an HTTP API",
    "s.ts",
    opens,
    `import * as v2 from "aws-cdk-lib/aws-apigatewayv2";
«call:api.addRoutes({ path: "/", integration })»;
`,
    `import * as v2 from "aws-cdk-lib/aws-apigatewayv2";
api.addRoutes({ path: "/", integration, authorizer: new v2.HttpNoneAuthorizer() });
`,
  );
});

describe("writing addGatewayResponses", () => {
  const edits: Edits = (at) => [
    {
      kind: "addGatewayResponses",
      api: "api",
      statement: at("after"),
      types: ["DEFAULT_4XX", "DEFAULT_5XX"],
      headers: [{ name: "Access-Control-Allow-Origin", value: "'https://www.example.com'" }],
    },
  ];
  spells(
    "adds both, with ids that are free",
    "s.ts",
    edits,
    `import * as apigw from 'aws-cdk-lib/aws-apigateway'
«after:const api = new apigw.RestApi(this, 'Default4xx')»
`,
    `import * as apigw from 'aws-cdk-lib/aws-apigateway'
const api = new apigw.RestApi(this, 'Default4xx')
api.addGatewayResponse('Default4xxCors', {
  type: apigw.ResponseType.DEFAULT_4XX,
  responseHeaders: { 'Access-Control-Allow-Origin': "'https://www.example.com'" },
})
api.addGatewayResponse('Default5xx', {
  type: apigw.ResponseType.DEFAULT_5XX,
  responseHeaders: { 'Access-Control-Allow-Origin': "'https://www.example.com'" },
})
`,
  );
  spells(
    "spells the types as Python does",
    "s.py",
    edits,
    `from aws_cdk import aws_apigateway as apigw
class S:
    def __init__(self):
        «after:api = apigw.RestApi(self, "Api")»
`,
    `from aws_cdk import aws_apigateway as apigw
class S:
    def __init__(self):
        api = apigw.RestApi(self, "Api")
        api.add_gateway_response(
            "Default4xx",
            type=apigw.ResponseType.DEFAULT_4_XX,
            response_headers={"Access-Control-Allow-Origin": "'https://www.example.com'"},
        )
        api.add_gateway_response(
            "Default5xx",
            type=apigw.ResponseType.DEFAULT_5_XX,
            response_headers={"Access-Control-Allow-Origin": "'https://www.example.com'"},
        )
`,
  );
});

describe("writing setBehavior", () => {
  spells(
    "adds and replaces in TypeScript",
    "s.ts",
    (at) => [
      ...behaves("allowedMethods", "ALLOW_ALL")(at),
      ...behaves("originRequestPolicy", "ALL_VIEWER_EXCEPT_HOST_HEADER")(at),
    ],
    `import { aws_cloudfront as cf } from "aws-cdk-lib";
x = «block:{
  origin,
  allowedMethods: cf.AllowedMethods.ALLOW_GET_HEAD,
}»;
`,
    `import { aws_cloudfront as cf } from "aws-cdk-lib";
x = {
  origin,
  allowedMethods: cf.AllowedMethods.ALLOW_ALL,
  originRequestPolicy: cf.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
};
`,
  );
  spells(
    "gives options to addBehavior",
    "s.ts",
    behaves("cachePolicy", "CACHING_DISABLED"),
    `import { CachePolicy } from "aws-cdk-lib/aws-cloudfront";\n«block:cdn.addBehavior("/api/*", origin)»;\n`,
    `import { CachePolicy } from "aws-cdk-lib/aws-cloudfront";\ncdn.addBehavior("/api/*", origin, { cachePolicy: CachePolicy.CACHING_DISABLED });\n`,
  );
  spells(
    "adds a keyword argument",
    "s.py",
    behaves("cachePolicy", "CACHING_DISABLED"),
    `from aws_cdk import aws_cloudfront as cf\nb = «block:cf.BehaviorOptions(origin=o)»\n`,
    `from aws_cdk import aws_cloudfront as cf\nb = cf.BehaviorOptions(origin=o, cache_policy=cf.CachePolicy.CACHING_DISABLED)\n`,
  );
});

describe("writing removeStatement", () => {
  spells(
    "removes the line and its comment",
    "s.ts",
    removes,
    `a();\n  «gone:b();» // why\nc();\n`,
    `a();\nc();\n`,
  );
  spells(
    "leaves one blank line",
    "s.ts",
    removes,
    `a();\n\n«gone:b();»\n\nc();\n`,
    `a();\n\nc();\n`,
  );
  spells("removes several lines", "s.py", removes, `a()\n«gone:b(\n  1\n)»\nc()\n`, `a()\nc()\n`);
  spells(
    "keeps a block of Python a block",
    "s.py",
    removes,
    `if x:\n    «gone:b()»\nc()\n`,
    `if x:\n    pass\nc()\n`,
  );
  spells(
    "removes one of several on a line",
    "s.ts",
    removes,
    `{ a(); «gone:b();» c(); }\n`,
    `{ a();  c(); }\n`,
  );
  declines("what an if needs", "s.ts", removes, `if (x) «gone:b();»\nc();\n`);
});
