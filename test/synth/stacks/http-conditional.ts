import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class ConditionalStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stage: string = this.node.tryGetContext("stage") ?? "dev";
    const isProd = stage === "prod";
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const origins = ["https://app.example.com"];
    if (!isProd) origins.push("http://localhost:3000");
    const api = new apigwv2.HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: origins,
        allowMethods: isProd ? [apigwv2.CorsHttpMethod.GET] : [apigwv2.CorsHttpMethod.ANY],
        allowHeaders: ["content-type"],
        maxAge: isProd ? Duration.hours(24) : Duration.seconds(0),
      },
    });
    api.addRoutes({
      path: "/x",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("X", fn),
    });
    if (!isProd) {
      api.addRoutes({
        path: "/debug",
        methods: [apigwv2.HttpMethod.GET],
        integration: new HttpLambdaIntegration("D", fn),
      });
    }
  }
}
