/** REST APIs as people write them: subclasses, helpers, factories, loops, fields. */
import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import { memoryProject } from "../rules/memory-project";
import { modelOf, shown, typescriptStack } from "./parity";

const head = `
import { App, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import * as apigw from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as path from "path";
const code = lambda.Code.fromAsset(path.join(__dirname, "../lambda"));
`;

const cases: Record<string, readonly [string, string]> = {
  "a subclass of RestApi that others use through a field": [
    `
class SiteApi extends apigw.RestApi {
  constructor(scope: Construct, id: string, origins: string[]) {
    super(scope, id, { defaultCorsPreflightOptions: { allowOrigins: origins } });
    this.addGatewayResponse("E4", { type: apigw.ResponseType.DEFAULT_4XX, responseHeaders: { "Access-Control-Allow-Origin": "'*'" } });
  }
  route(path: string, verb: string, fn: lambda.IFunction) {
    this.root.resourceForPath(path).addMethod(verb, new apigw.LambdaIntegration(fn));
  }
}
export class SiteStack extends Stack {
  private readonly api: SiteApi;
  constructor(scope: Construct, id: string, props: { origins: string[] }) {
    super(scope, id);
    this.api = new SiteApi(this, "Site", props.origins);
    this.makeOrders();
  }
  private makeOrders() {
    const fn = new lambda.Function(this, "Orders", { handler: "orders.handler", code });
    this.api.route("/orders", "GET", fn);
    this.api.root.addResource("users").addMethod("PUT", new apigw.LambdaIntegration(fn));
  }
}
new SiteStack(new App(), "Site", { origins: ["https://a.com"] });`,
    `
      RestApi Site cors:restDefault(https://a.com)
        OPTIONS / - generated <default>
        OPTIONS /orders - generated <default>
        GET /orders - lambda orders.py#handler <default>
        OPTIONS /users - generated <default>
        PUT /users - lambda orders.py#handler <default>
        response DEFAULT_4XX access-control-allow-origin='*'`,
  ],
  "a helper that is named like CDK's method, a table of routes, a factory": [
    `
const table = [
  { path: "orders", verbs: ["GET", "POST"] },
  { path: "users", verbs: ["PUT"] },
];
function makeApi(scope: Construct, name: string, extra: Partial<apigw.RestApiProps> = {}) {
  return new apigw.RestApi(scope, name, {
    ...extra,
    defaultCorsPreflightOptions: { allowOrigins: ["https://a.com"] },
  });
}
export class TableStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Orders", { handler: "orders.handler", code });
    const api = makeApi(this, "Api");
    for (const { path, verbs } of table) {
      const resource = api.root.getResource(path) ?? api.root.addResource(path);
      verbs.forEach((verb) => this.addMethod(resource, verb, fn));
    }
  }
  private addMethod(resource: apigw.IResource, verb: string, fn: lambda.IFunction) {
    resource.addMethod(verb, new apigw.LambdaIntegration(fn, { proxy: true }));
  }
}`,
    `
      RestApi Api cors:restDefault(https://a.com)
        OPTIONS / - generated <default>
        OPTIONS /orders - generated <default>
        GET /orders - lambda orders.py#handler <default>
        POST /orders - lambda orders.py#handler <default>
        OPTIONS /users - generated <default>
        PUT /users - lambda orders.py#handler <default>`,
  ],
  "a construct of its own that is given the API": [
    `
class Orders extends Construct {
  constructor(scope: Construct, id: string, { api, fn, guarded = true }: { api: apigw.RestApi; fn: lambda.Function; guarded?: boolean }) {
    super(scope, id);
    const { root } = api;
    const orders = root.addResource("orders");
    const integration = new apigw.LambdaIntegration(fn);
    if (guarded) orders.addMethod("GET", integration, { apiKeyRequired: true });
    else orders.addMethod("GET", integration);
    const item = orders.addResource("{id}");
    ["GET", "DELETE"].map((verb) => item.addMethod(verb, integration));
  }
}
export class MainStack extends Stack {
  constructor(scope: Construct, id: string, props?: any) {
    super(scope, id, props);
    const fn = new lambda.Function(this, "F", { handler: "orders.handler", code });
    const api = new apigw.RestApi(this, "Api");
    new Orders(this, "Orders", { api, fn });
    if (props.admin) api.root.addResource("admin").addMethod("GET", new apigw.LambdaIntegration(fn));
  }
}`,
    `
      RestApi Api cors:none
        GET /orders - key:true lambda orders.py#handler
        GET /orders/{id} - lambda orders.py#handler
        DELETE /orders/{id} - lambda orders.py#handler
        GET /admin - lambda orders.py#handler maybe`,
  ],
  "conditions on the API itself leave its parts certain, conditions within do not": [
    `
export class MaybeStack extends Stack {
  constructor(scope: Construct, id: string, props: any) {
    super(scope, id);
    const fn = new lambda.Function(this, "F", { handler: "orders.handler", code });
    if (props.enabled) {
      const api = new apigw.LambdaRestApi(this, "Api", { handler: fn, proxy: false });
      const orders = api.root.addResource("orders");
      orders.addMethod("GET");
      if (props.dev) orders.addCorsPreflight({ allowOrigins: ["*"] });
      else orders.addCorsPreflight({ allowOrigins: ["https://a.com"] });
    }
  }
}`,
    `
      LambdaRestApi Api cors:restResource(*)|restResource(https://a.com)
        GET /orders - lambda orders.py#handler
        OPTIONS /orders - generated <own> maybe
        OPTIONS /orders - generated <own> maybe`,
  ],
  "a path made part by part": [
    `
export class PartsStack extends Stack {
  private readonly api = new apigw.RestApi(this, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
  private readonly fn = new lambda.Function(this, "F", { handler: "orders.handler", code });
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.endpoint("/orders", "GET");
    this.endpoint("/orders/{id}", "PUT");
  }
  private endpoint(path: string, verb: string) {
    let resource: apigw.IResource = this.api.root;
    for (const part of path.split("/").filter(Boolean)) {
      resource = resource.getResource(part) ?? resource.addResource(part);
    }
    resource.addMethod(verb, new apigw.LambdaIntegration(this.fn));
  }
}`,
    `
      RestApi Api cors:restDefault(*)
        OPTIONS / - generated <default>
        OPTIONS /orders - generated <default>
        GET /orders - lambda orders.py#handler <default>
        OPTIONS /orders/{id} - generated <default>
        PUT /orders/{id} - lambda orders.py#handler <default>`,
  ],
};

async function read(text: string): Promise<string> {
  return shown(await modelOf("/lib/stack.ts", head + text));
}

describe("REST APIs as people write them", () => {
  for (const [name, [text, expected]] of Object.entries(cases)) {
    it(name, async () => {
      const lines = expected
        .split("\n")
        .slice(1)
        .map((line) => line.slice(6));
      assert.equal(await read(text), lines.join("\n"));
    });
  }

  it("follows an API into another file's stack", async () => {
    const files = new Map([
      [
        "/lib/api.ts",
        `${head}export class ApiStack extends Stack {
  readonly api: apigw.RestApi;
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new apigw.RestApi(this, "Api");
  }
}`,
      ],
      [
        "/lib/orders.ts",
        `${head}export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props: { api: apigw.IRestApi }) {
    super(scope, id);
    const orders = props.api.root.addResource("orders", { defaultCorsPreflightOptions: { allowOrigins: ["https://a.com"] } });
    orders.addMethod("GET", new apigw.LambdaIntegration(new lambda.Function(this, "F", { handler: "orders.handler", code })));
  }
}`,
      ],
      [
        "/bin/app.ts",
        `import { App } from "aws-cdk-lib";
import { ApiStack } from "../lib/api";
import { OrdersStack } from "../lib/orders";
const app = new App();
const { api } = new ApiStack(app, "Api");
new OrdersStack(app, "Orders", { api });`,
      ],
      ["/lambda/orders.py", "def handler(event, context):\n    return {'statusCode': 200}\n"],
    ]);
    assert.equal(
      shown(link(await memoryProject(files))),
      [
        "RestApi Api cors:restDefault(https://a.com)",
        "  OPTIONS /orders - generated <default>",
        "  GET /orders - lambda orders.py#handler <default>",
      ].join("\n"),
    );
  });

  it("leaves out the stacks that tests make", async () => {
    const stack = `${head}export class S extends Stack {
  constructor(scope: Construct, id: string, props: { origin: string }) {
    super(scope, id);
    new apigw.RestApi(this, "Api", { defaultCorsPreflightOptions: { allowOrigins: [props.origin] } });
  }
}
`;
    const files = new Map([
      ["/lib/stack.ts", stack],
      [
        "/bin/app.ts",
        'import { App } from "aws-cdk-lib";\nimport { S } from "../lib/stack";\nnew S(new App(), "S", { origin: "https://a.com" });',
      ],
      [
        "/test/stack.test.ts",
        'import { App } from "aws-cdk-lib";\nimport { S } from "../lib/stack";\ntest("x", () => { new S(new App(), "S", { origin: "*" }); });',
      ],
    ]);
    assert.equal(
      shown(link(await memoryProject(files))),
      "RestApi Api cors:restDefault(https://a.com)\n  OPTIONS / - generated <default>",
    );
  });

  it("names a resource only where code may follow", async () => {
    const body = `
    const api = new apigw.RestApi(this, "Api");
    const orders = api.root.addResource("orders");
    orders.addMethod("GET");
    api.root.addResource("users").addMethod("GET");
    for (const verb of ["PUT", "POST"]) orders.addMethod(verb);`;
    const [api] = (await modelOf("/lib/stack.ts", typescriptStack(body))).apis;
    const named = api?.routes.map(({ resource, statement }) => [resource, statement !== undefined]);
    assert.deepEqual(named, [
      ["orders", true],
      [undefined, false],
      [undefined, false],
      [undefined, false],
    ]);
  });

  it("shares options that many resources are given", async () => {
    const body = `
    const api = new apigw.RestApi(this, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["https://a.com"] } });
    api.root.addResource("orders").addMethod("GET");`;
    const [api] = (await modelOf("/lib/stack.ts", typescriptStack(body))).apis;
    assert.ok(api?.cors.kind === "policy");
    const [policy] = api.cors.of;
    assert.ok(api.routes.length === 3 && api.routes.every((route) => route.preflight === policy));
  });

  it("says nothing for sure about an API that unseen code was given", async () => {
    const body = `
    const api = new apigw.RestApi(this, "Api");
    require("./hidden").extend(api.root);
    api.root.addMethod("GET");`;
    const [api] = (await modelOf("/lib/stack.ts", typescriptStack(body))).apis;
    assert.equal(api?.routesComplete, false);
    assert.equal(api?.gatewayResponsesComplete, false);
  });
});
