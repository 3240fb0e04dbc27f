import { Duration, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { App } from "aws-cdk-lib";

interface ServiceProps {
  readonly origins?: string[];
  readonly maxAgeInSeconds?: number;
  readonly protect?: boolean;
}

class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceProps = {}) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const cors: apigateway.CorsOptions | undefined = props.origins?.length
      ? {
          allowOrigins: props.origins,
          maxAge:
            props.maxAgeInSeconds === undefined
              ? undefined
              : Duration.seconds(props.maxAgeInSeconds),
        }
      : undefined;
    const api = new apigateway.RestApi(this, "Service", { defaultCorsPreflightOptions: cors });
    const method = api.root
      .addResource("status")
      .addMethod("GET", new apigateway.LambdaIntegration(fn), {
        authorizationType: props.protect ? apigateway.AuthorizationType.IAM : undefined,
      });
    void method;
    if (cors) {
      api.addGatewayResponse("Errors", {
        type: apigateway.ResponseType.DEFAULT_4XX,
        responseHeaders: { "Access-Control-Allow-Origin": `'${cors.allowOrigins.join(",")}'` },
      });
    }
  }
}

export const app = new App();
new ServiceStack(app, "Public", { origins: ["https://app.example.com"], maxAgeInSeconds: 120 });
new ServiceStack(app, "Internal", { protect: true });
new ServiceStack(app, "Bare");
