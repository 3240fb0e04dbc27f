import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import * as cognito from "aws-cdk-lib/aws-cognito";

export class CognitoStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const pool = new cognito.UserPool(this, "Users");
    const authorizer = new apigateway.CognitoUserPoolsAuthorizer(this, "Auth", {
      cognitoUserPools: [pool],
    });
    const api = new apigateway.RestApi(this, "Api", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://app.example.com"],
        allowHeaders: apigateway.Cors.DEFAULT_HEADERS.concat(["x-tenant"]),
      },
    });
    const options: apigateway.MethodOptions = {
      authorizer,
      authorizationType: apigateway.AuthorizationType.COGNITO,
    };
    const orders = api.root.addResource("orders");
    for (const method of ["GET", "POST"]) {
      orders.addMethod(method, new apigateway.LambdaIntegration(fn, { proxy: true }), options);
    }
    api.root.addResource("health").addMethod("GET", new apigateway.LambdaIntegration(fn));
  }
}
