import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class ProxyStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api", {
      defaultIntegration: new apigateway.LambdaIntegration(fn),
      defaultCorsPreflightOptions: { allowOrigins: ["https://a.example.com"] },
    });
    api.root.addProxy();
    const v1 = api.root.addResource("v1");
    v1.addMethod("GET");
    v1.addProxy({ defaultIntegration: new apigateway.LambdaIntegration(fn), anyMethod: true });

    const ignored = new apigateway.RestApi(this, "Ignored");
    ignored.root.addProxy({
      defaultIntegration: new apigateway.LambdaIntegration(fn),
      defaultCorsPreflightOptions: { allowOrigins: ["https://a.example.com"] },
    });
  }
}
