import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class CfnMethodStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api", {
      defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },
    });
    const items = api.root.addResource("items");
    items.addMethod("GET", new apigateway.LambdaIntegration(fn));
    new apigateway.CfnMethod(this, "Put", {
      restApiId: api.restApiId,
      resourceId: items.resourceId,
      httpMethod: "PUT",
      authorizationType: "NONE",
      integration: {
        type: "HTTP_PROXY",
        integrationHttpMethod: "PUT",
        uri: "https://upstream.example.com",
      },
    });
  }
}
