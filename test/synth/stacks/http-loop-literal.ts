import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

const origins = ["https://www.example.com"];

export class LoopStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Users", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const methods = [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST];
    for (const name of ["Public", "Private"]) {
      const api = new apigwv2.HttpApi(this, `${name}Api`, {
        corsPreflight: {
          allowOrigins: [...origins, `https://${name.toLowerCase()}.example.com`],
          allowMethods: [...methods, apigwv2.CorsHttpMethod.OPTIONS],
          allowHeaders: ["content-type"],
          maxAge: Duration.seconds(300),
        },
      });
      api.addRoutes({
        path: `/${name}`,
        methods: [apigwv2.HttpMethod.POST],
        integration: new HttpLambdaIntegration(name, fn),
      });
    }
  }
}
