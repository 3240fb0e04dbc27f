import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

interface OurApiProps extends apigateway.RestApiProps {
  readonly origins?: string[];
}

/** The company's API: always with CORS, always with headers on errors. */
class OurApi extends apigateway.RestApi {
  constructor(scope: Construct, id: string, props: OurApiProps = {}) {
    const { origins = apigateway.Cors.ALL_ORIGINS, ...rest } = props;
    super(scope, id, { defaultCorsPreflightOptions: { allowOrigins: origins }, ...rest });
    for (const type of [apigateway.ResponseType.DEFAULT_4XX, apigateway.ResponseType.DEFAULT_5XX]) {
      this.addGatewayResponse(`Cors${type.responseType}`, {
        type,
        responseHeaders: { "Access-Control-Allow-Origin": `'${origins[0]}'` },
      });
    }
  }
}

export class SubclassStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const one = new OurApi(this, "One");
    one.root.addMethod("GET", new apigateway.LambdaIntegration(fn));
    const two = new OurApi(this, "Two", {
      origins: ["https://two.example.com"],
      minCompressionSize: undefined,
    });
    two.root.addResource("x").addMethod("GET", new apigateway.LambdaIntegration(fn));
  }
}
