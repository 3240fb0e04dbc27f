import { Duration, Stack } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class UrlLoopStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const origins = (this.node.tryGetContext("origins") as string | undefined)?.split(",") ?? [
      "https://a.example.com",
    ];
    const cors: lambda.FunctionUrlCorsOptions = {
      allowedOrigins: origins,
      allowedHeaders: ["*"],
      maxAge: Duration.seconds(30),
    };
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM, cors });
  }
}
