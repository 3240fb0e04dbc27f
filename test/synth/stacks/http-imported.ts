import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class ImportedStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const httpApi = apigwv2.HttpApi.fromHttpApiAttributes(this, "Imported", {
      httpApiId: "abc123",
    });
    new apigwv2.HttpRoute(this, "Route", {
      httpApi,
      routeKey: apigwv2.HttpRouteKey.with("/extra", apigwv2.HttpMethod.PUT),
      integration: new HttpLambdaIntegration("X", fn),
    });
  }
}
