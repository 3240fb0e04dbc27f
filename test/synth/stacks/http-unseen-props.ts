import { CfnParameter, Fn, Stack, StackProps } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { StringParameter } from "aws-cdk-lib/aws-ssm";

interface EdgeProps extends StackProps {
  readonly corsOrigins?: string[];
  readonly stage?: "dev" | "prod";
}

const DEFAULT_ORIGINS = ["https://app.example.com"];

/** Nothing here says who makes it with what. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props?: EdgeProps) {
    super(scope, id, props);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const listed = new CfnParameter(this, "Origins", {
      type: "CommaDelimitedList",
      default: "https://x.example.com",
    });
    const api = new apigwv2.HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: props?.corsOrigins ?? DEFAULT_ORIGINS,
        allowMethods: [apigwv2.CorsHttpMethod.GET],
        allowHeaders: props?.stage === "prod" ? ["authorization"] : ["authorization", "x-debug"],
      },
    });
    api.addRoutes({
      path: "/x",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("X", fn),
    });
    new apigwv2.HttpApi(this, "Listed", {
      corsPreflight: {
        allowOrigins: listed.valueAsList,
        allowMethods: [apigwv2.CorsHttpMethod.GET],
        allowHeaders: Fn.split(",", StringParameter.valueForStringParameter(this, "/cors/headers")),
      },
    });
  }
}
