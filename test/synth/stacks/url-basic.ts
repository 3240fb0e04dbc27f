import { Duration, Stack } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class UrlStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    fn.addFunctionUrl({
      authType: lambda.FunctionUrlAuthType.NONE,
      cors: {
        allowedOrigins: ["https://app.example.com"],
        allowedMethods: [lambda.HttpMethod.GET, lambda.HttpMethod.POST],
        allowedHeaders: ["content-type"],
        exposedHeaders: ["x-total"],
        allowCredentials: true,
        maxAge: Duration.minutes(5),
      },
    });
    const second = new lambda.Function(this, "Second", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    second.addFunctionUrl();
    const alias = new lambda.Alias(this, "Live", {
      aliasName: "live",
      version: second.currentVersion,
    });
    new lambda.FunctionUrl(this, "LiveUrl", {
      function: alias,
      authType: lambda.FunctionUrlAuthType.NONE,
      cors: { allowedOrigins: ["*"], allowedMethods: [lambda.HttpMethod.ALL] },
    });
  }
}
