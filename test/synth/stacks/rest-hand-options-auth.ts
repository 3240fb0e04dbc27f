import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class HandStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const authorizer = new apigateway.RequestAuthorizer(this, "Guard", {
      handler: fn,
      identitySources: [apigateway.IdentitySource.header("Authorization")],
    });
    const api = new apigateway.RestApi(this, "Api", {
      defaultMethodOptions: { authorizer, apiKeyRequired: true },
      defaultIntegration: new apigateway.LambdaIntegration(fn),
    });
    api.root.addMethod("ANY");
    const one = api.root.addResource("one");
    one.addMethod("GET");
    one.addMethod("OPTIONS", new apigateway.MockIntegration());
    const two = api.root.addResource("two");
    two.addMethod("OPTIONS", new apigateway.MockIntegration(), {
      authorizationType: apigateway.AuthorizationType.NONE,
    });
    const three = api.root.addResource("three");
    three.addMethod("OPTIONS", new apigateway.LambdaIntegration(fn), {
      authorizationType: apigateway.AuthorizationType.NONE,
      apiKeyRequired: false,
    });
  }
}
