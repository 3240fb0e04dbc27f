import { Duration } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { allowedHeaders } from "./config/cors";

export interface WebApiProps {
  allowedOrigins: string[];
  withCredentials?: boolean;
}

/** The HTTP API that our pages call. */
export class WebApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: WebApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, "Http", {
      corsPreflight: {
        allowOrigins: props.allowedOrigins,
        allowCredentials: props.withCredentials ?? false,
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT],
        allowHeaders: allowedHeaders,
        maxAge: Duration.days(1),
      },
    });
  }

  route(method: HttpMethod, path: string, fn: IFunction): void {
    this.api.addRoutes({ path, methods: [method], integration: new HttpLambdaIntegration(path, fn) });
  }
}
