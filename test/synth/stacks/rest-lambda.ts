import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class LambdaStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    new apigateway.LambdaRestApi(this, "WithCors", {
      handler: fn,
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://a.example.com"],
        allowCredentials: true,
      },
    });
    const authorizer = new apigateway.TokenAuthorizer(this, "Token", { handler: fn });
    new apigateway.LambdaRestApi(this, "Guarded", {
      handler: fn,
      defaultMethodOptions: { authorizer },
    });
    const second = new apigateway.TokenAuthorizer(this, "Second", { handler: fn });
    const manual = new apigateway.LambdaRestApi(this, "Manual", {
      handler: fn,
      proxy: false,
      defaultCorsPreflightOptions: { allowOrigins: ["*"] },
      defaultMethodOptions: {
        authorizer: second,
        authorizationType: apigateway.AuthorizationType.CUSTOM,
        apiKeyRequired: true,
      },
    });
    const items = manual.root.addResource("items");
    items.addMethod("GET");
    items.addMethod("POST", undefined, { authorizationType: apigateway.AuthorizationType.NONE });
  }
}
