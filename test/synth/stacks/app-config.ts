import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { App, Tags } from "aws-cdk-lib";

const BASE_CORS = {
  allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST],
  allowHeaders: ["Content-Type", "Authorization"],
  maxAge: Duration.hours(1),
} as const satisfies Partial<apigwv2.CorsPreflightOptions>;

const environments = {
  dev: { origins: ["http://localhost:5173"], credentials: false },
  prod: { origins: ["https://app.example.com"], credentials: true },
} as const;

interface Props {
  readonly environment: keyof typeof environments;
  readonly extra?: string;
}

class AppStack extends Stack {
  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const settings = environments[props.environment];
    const origins: string[] = [...settings.origins];
    if (props.extra) origins.push(props.extra);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigwv2.HttpApi(this, "Api", {
      corsPreflight: {
        ...BASE_CORS,
        allowMethods: [...BASE_CORS.allowMethods],
        allowHeaders: [...BASE_CORS.allowHeaders],
        allowOrigins: origins,
        allowCredentials: settings.credentials,
      },
    });
    Object.entries({ "/users": "GET", "/login": "POST" }).forEach(([path, method]) =>
      api.addRoutes({
        path,
        methods: [method as apigwv2.HttpMethod],
        integration: new HttpLambdaIntegration(path.slice(1), fn),
      }),
    );
    Tags.of(this).add("app", "demo");
  }
}

function main(): App {
  const made = new App();
  new AppStack(made, "Dev", { environment: "dev", extra: "https://preview.example.com" });
  new AppStack(made, "Prod", { environment: "prod" });
  return made;
}

export const app = main();
