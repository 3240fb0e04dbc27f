import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class UnseenOverrides extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const maybe = new apigwv2.HttpApi(this, "Maybe", { corsPreflight: { allowOrigins: ["*"] } });
    maybe.addRoutes({
      path: "/x",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("X", fn),
    });
    if (process.env.LOCK_DOWN !== "no") {
      (maybe.node.defaultChild as apigwv2.CfnApi).addPropertyOverride(
        "CorsConfiguration.AllowOrigins",
        [],
      );
    }
    const computed = new apigwv2.HttpApi(this, "Computed", {
      corsPreflight: { allowOrigins: ["*"] },
    });
    const option = process.env.OPTION ?? "AllowOrigins";
    (computed.node.defaultChild as apigwv2.CfnApi).addPropertyOverride(
      `CorsConfiguration.${option}`,
      ["https://a.example.com"],
    );
    const element = new apigwv2.HttpApi(this, "Element", {
      corsPreflight: { allowOrigins: ["*"] },
    });
    (element.node.defaultChild as apigwv2.CfnApi).addPropertyOverride(
      "CorsConfiguration.AllowOrigins.0",
      "https://a.example.com",
    );
  }
}
