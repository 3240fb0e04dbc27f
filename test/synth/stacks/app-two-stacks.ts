import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { App, StackProps } from "aws-cdk-lib";

class ApiStack extends Stack {
  readonly api: apigwv2.HttpApi;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.api = new apigwv2.HttpApi(this, "Shared", {
      corsPreflight: {
        allowOrigins: ["https://app.example.com"],
        allowMethods: [apigwv2.CorsHttpMethod.ANY],
        allowHeaders: ["authorization"],
      },
    });
  }
}

interface RoutesProps extends StackProps {
  readonly api: apigwv2.IHttpApi;
  readonly prefix: string;
}

class RoutesStack extends Stack {
  constructor(scope: Construct, id: string, props: RoutesProps) {
    super(scope, id, props);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const integration = new HttpLambdaIntegration("I", fn);
    for (const [index, method] of [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.DELETE].entries()) {
      new apigwv2.HttpRoute(this, `Route${index}`, {
        httpApi: props.api,
        routeKey: apigwv2.HttpRouteKey.with(`/${props.prefix}`, method),
        integration,
      });
    }
  }
}

export const app = new App();
const { api } = new ApiStack(app, "Api");
new RoutesStack(app, "Users", { api, prefix: "users" });
new RoutesStack(app, "Orders", { api, prefix: "orders" });
