import { App, Duration, Stack, StackProps } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { Construct } from "constructs";
import config from "./config.json";
import { Environment, settings } from "./settings";

interface Props extends StackProps {
  environment: Environment;
}

class ConfiguredStack extends Stack {
  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id, props);
    const { cors } = settings[props.environment];
    new HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: [...cors.origins, ...config.extraOrigins],
        allowMethods: config.methods.map((method) => method as CorsHttpMethod),
        allowHeaders: cors.headers,
        allowCredentials: cors.credentials,
        maxAge: Duration.seconds(config.maxAge),
      },
    });
  }
}

export const app = new App();
for (const environment of ["staging", "production"] as const) {
  new ConfiguredStack(app, `Api-${environment}`, { environment });
}
