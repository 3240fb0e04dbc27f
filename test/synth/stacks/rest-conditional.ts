import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class MaybeStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const production = process.env.STAGE === "prod";
    const api = new apigateway.RestApi(this, "Api", {
      defaultCorsPreflightOptions: production
        ? { allowOrigins: ["https://app.example.com"], allowCredentials: true }
        : { allowOrigins: apigateway.Cors.ALL_ORIGINS },
    });
    api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));
    const optional = new apigateway.RestApi(this, "Optional", {
      ...(production
        ? {}
        : { defaultCorsPreflightOptions: { allowOrigins: ["http://localhost:3000"] } }),
    });
    optional.root.addMethod("GET", new apigateway.LambdaIntegration(fn));
  }
}
