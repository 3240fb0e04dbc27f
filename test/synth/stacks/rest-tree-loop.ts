import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

interface Endpoint {
  readonly path: string;
  readonly methods: readonly string[];
  readonly open?: boolean;
}

const endpoints: Endpoint[] = [
  { path: "users", methods: ["GET", "POST"] },
  { path: "users/{id}", methods: ["GET", "PUT", "DELETE"] },
  { path: "login", methods: ["POST"], open: true },
];

export class TreeStack extends Stack {
  private readonly api: apigateway.RestApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    this.api = new apigateway.RestApi(this, "Api", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://app.example.com"],
        allowMethods: ["GET", "POST"],
      },
      deployOptions: { stageName: "v1" },
    });
    endpoints.forEach((endpoint) => this.addMethods(endpoint, fn));
  }

  /** Named like things of CDK, but our own. */
  private addMethods({ path, methods, open = false }: Endpoint, fn: lambda.IFunction): void {
    const resource = this.api.root.resourceForPath(path);
    methods.forEach((method) => this.addMethod(resource, method, fn, open));
  }

  private addMethod(
    resource: apigateway.Resource,
    method: string,
    fn: lambda.IFunction,
    open: boolean,
  ): void {
    resource.addMethod(method, new apigateway.LambdaIntegration(fn), {
      authorizationType: open
        ? apigateway.AuthorizationType.NONE
        : apigateway.AuthorizationType.IAM,
    });
  }
}
