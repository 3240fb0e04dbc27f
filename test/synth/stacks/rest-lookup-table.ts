import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { Construct as Base } from "constructs";

interface Definition {
  methods: Partial<Record<"GET" | "POST" | "DELETE", { key?: boolean; auth?: boolean }>>;
  children?: Record<string, Definition>;
}

const tree: Record<string, Definition> = {
  shop: {
    methods: { GET: {} },
    children: {
      basket: { methods: { GET: { auth: true }, POST: { auth: true, key: true } } },
      "{item}": { methods: { DELETE: { auth: true } } },
    },
  },
  status: { methods: { GET: {} } },
};

class TreeApi extends Base {
  private readonly api: apigateway.RestApi;
  private readonly integration: apigateway.Integration;

  constructor(scope: Construct, id: string, fn: lambda.IFunction) {
    super(scope, id);
    this.integration = new apigateway.LambdaIntegration(fn);
    this.api = new apigateway.RestApi(this, "Rest", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://shop.example.com"],
        allowHeaders: ["x-api-key"],
      },
    });
    this.grow(this.api.root, tree);
  }

  private grow(parent: apigateway.IResource, definitions: Record<string, Definition>): void {
    for (const [part, { methods, children = {} }] of Object.entries(definitions)) {
      const resource = parent.addResource(part);
      for (const [method, { key = false, auth }] of Object.entries(methods)) {
        resource.addMethod(method, this.integration, {
          apiKeyRequired: key,
          authorizationType: auth
            ? apigateway.AuthorizationType.IAM
            : apigateway.AuthorizationType.NONE,
        });
      }
      this.grow(resource, children);
    }
  }
}

export class ShopStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new TreeApi(
      this,
      "Tree",
      new lambda.Function(this, "Fn", {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: "index.handler",
        code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
      }),
    );
  }
}
