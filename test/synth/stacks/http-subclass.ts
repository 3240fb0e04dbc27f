import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

interface Props extends apigwv2.HttpApiProps {
  readonly site: string;
}

class SiteApi extends apigwv2.HttpApi {
  constructor(scope: Construct, id: string, { site, ...rest }: Props) {
    super(scope, id, {
      ...rest,
      corsPreflight: {
        allowOrigins: [`https://${site}`],
        allowMethods: [apigwv2.CorsHttpMethod.POST],
        allowHeaders: ["content-type"],
        maxAge: Duration.minutes(5),
        ...rest.corsPreflight,
      },
    });
  }
}

export class SiteStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Contact", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new SiteApi(this, "Site", {
      site: "www.example.com",
      corsPreflight: { exposeHeaders: ["x-request-id"] },
    });
    api.addRoutes({
      path: "/contact",
      methods: [apigwv2.HttpMethod.POST],
      integration: new HttpLambdaIntegration("C", fn),
    });
  }
}
