import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

const ORIGIN = "https://app.example.com";
const methods = ["GET", "POST"];

interface Site {
  readonly name: string;
  readonly url: string;
}

export class MixedStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const sites: Site[] = ["a", "b"].map((name) => ({ name, url: `https://${name}.example.com` }));
    sites.forEach(({ name, url }, index) => {
      const api = new apigateway.RestApi(this, `Api${index}`, {
        defaultCorsPreflightOptions: {
          allowOrigins: [url, ORIGIN],
          allowMethods: methods,
          statusCode: 200,
        },
      });
      api.root
        .addResource(name)
        .addMethod(index === 0 ? "GET" : "POST", new apigateway.LambdaIntegration(fn));
      api.addGatewayResponse("Errors", {
        type: apigateway.ResponseType.of("DEFAULT_5XX"),
        responseHeaders: { "Access-Control-Allow-Origin": `'${url}'` },
      });
    });
  }
}
