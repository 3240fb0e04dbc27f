import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class MethodOverrideStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api", {
      defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM },
    });
    const method = api.root.addMethod("OPTIONS", new apigateway.LambdaIntegration(fn));
    (method.node.defaultChild as apigateway.CfnMethod).addPropertyOverride(
      "AuthorizationType",
      "NONE",
    );
    const get = api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));
    (get.node.defaultChild as apigateway.CfnMethod).authorizationType = "NONE";
  }
}
