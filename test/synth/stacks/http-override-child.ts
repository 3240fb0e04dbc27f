import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class ChildStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigwv2.HttpApi(this, "Api", { corsPreflight: { allowOrigins: ["*"] } });
    api.addRoutes({
      path: "/x",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("X", fn),
    });
    const resource = api.node.findChild("Resource") as apigwv2.CfnApi;
    resource.addPropertyOverride("CorsConfiguration.AllowOrigins", ["https://c.example.com"]);
    resource.addPropertyOverride("Description", "Not about CORS");

    const second = new apigwv2.HttpApi(this, "Second");
    const overrides: Record<string, unknown> = {
      AllowOrigins: ["https://s.example.com"],
      AllowHeaders: ["x-a"],
    };
    for (const [name, value] of Object.entries(overrides)) {
      (second.node.defaultChild as apigwv2.CfnApi).addPropertyOverride(
        `CorsConfiguration.${name}`,
        value,
      );
    }
  }
}
