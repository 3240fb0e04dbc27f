import { Stack } from "aws-cdk-lib";
import {
  aws_apigatewayv2 as gateway,
  aws_apigatewayv2_integrations as integrations,
  aws_lambda as lambda,
} from "aws-cdk-lib";
import { aws_apigatewayv2_authorizers as authorizers } from "aws-cdk-lib";
import { Construct } from "constructs";

export class RoutesStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const httpApi = new gateway.HttpApi(this, "Http", {
      defaultAuthorizer: new authorizers.HttpIamAuthorizer(),
    });
    const integration = new integrations.HttpLambdaIntegration("I", fn, {
      payloadFormatVersion: gateway.PayloadFormatVersion.VERSION_1_0,
    });
    new gateway.HttpRoute(this, "List", {
      httpApi,
      routeKey: gateway.HttpRouteKey.with("/items", gateway.HttpMethod.GET),
      integration,
    });
    new gateway.HttpRoute(this, "Preflight", {
      httpApi,
      routeKey: gateway.HttpRouteKey.with("/items", gateway.HttpMethod.OPTIONS),
      integration,
      authorizer: new gateway.HttpNoneAuthorizer(),
    });
    new gateway.HttpRoute(this, "Rest", {
      httpApi,
      routeKey: gateway.HttpRouteKey.DEFAULT,
      integration,
    });
  }
}
