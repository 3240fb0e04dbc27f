import { Duration, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class SeveralStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://a.example.com", "https://b.example.com", "http://localhost:3000"],
        allowMethods: ["GET", "PUT"],
        allowHeaders: ["Content-Type", "Authorization"],
        exposeHeaders: ["ETag"],
        allowCredentials: true,
        maxAge: Duration.days(10),
        statusCode: 200,
      },
    });
    api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));
    api.root.addResource("things").addMethod("PUT", new apigateway.LambdaIntegration(fn));
  }
}
