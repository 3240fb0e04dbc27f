import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class CascadeStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const integration = new apigateway.LambdaIntegration(fn);
    const api = new apigateway.RestApi(this, "Api", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://outer.example.com"],
        allowMethods: ["GET"],
      },
    });
    const inner = api.root.addResource("inner", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://inner.example.com"],
        allowMethods: ["POST"],
      },
    });
    inner.addMethod("POST", integration);
    inner.addResource("leaf").addMethod("POST", integration);
    const deep = api.root.resourceForPath("/a/b/c");
    deep.addMethod("GET", integration);
    api.root.resourceForPath("/a/b").addMethod("GET", integration);
    const proxy = api.root.addResource("p").addProxy({ anyMethod: false });
    proxy.addMethod("PATCH", integration);
  }
}
