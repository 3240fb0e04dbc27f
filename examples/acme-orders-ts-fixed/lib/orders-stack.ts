import * as path from "node:path";
import { Duration, Stack, StackProps } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

const origins = [
  "https://app.acmecorp.com",
  "https://qa.acmecorp.com",
  "https://qa2.acmecorp.com",
  "https://demo.acmecorp.com",
  "http://localhost:4200",
];

/** The shop's orders: an API for the shop's pages, one for partners, and one for reports. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const orders = this.handler("Orders", "orders.handler");
    const reports = this.handler("Reports", "reports.handler");

    const ordersApi = new apigwv2.HttpApi(this, "OrdersApi", {
      defaultAuthorizer: new HttpJwtAuthorizer("Jwt", "https://id.acmecorp.com", {
        jwtAudience: ["orders"],
      }),
      corsPreflight: {
        allowOrigins: origins,
        allowMethods: [
          apigwv2.CorsHttpMethod.GET,
          apigwv2.CorsHttpMethod.POST,
          apigwv2.CorsHttpMethod.OPTIONS,
          apigwv2.CorsHttpMethod.PUT,
          apigwv2.CorsHttpMethod.DELETE,
        ],
        allowHeaders: ["content-type", "x-csrf-token", "x-request-id", "authorization"],
        allowCredentials: true,
        maxAge: Duration.hours(2),
      },
    });
    ordersApi.addRoutes({
      path: "/orders",
      methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST],
      integration: new HttpLambdaIntegration("OrdersIntegration", orders),
    });
    ordersApi.addRoutes({
      path: "/orders/{id}",
      methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.PUT, apigwv2.HttpMethod.DELETE],
      integration: new HttpLambdaIntegration("OrderIntegration", orders),
    });

    const partnersApi = new apigwv2.HttpApi(this, "PartnersApi", {
      corsPreflight: {
        allowOrigins: origins,
        allowMethods: [apigwv2.CorsHttpMethod.GET],
        allowHeaders: ["content-type"],
        allowCredentials: true,
        maxAge: Duration.hours(2),
      },
    });
    partnersApi.addRoutes({
      path: "/orders",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("PartnersIntegration", orders),
    });

    const reportsApi = new apigwv2.HttpApi(this, "ReportsApi", {
      corsPreflight: {
        allowOrigins: origins,
        allowMethods: [apigwv2.CorsHttpMethod.POST],
        allowHeaders: ["content-type", "x-csrf-token"],
        allowCredentials: true,
        maxAge: Duration.hours(2),
      },
    });
    reportsApi.addRoutes({
      path: "/reports",
      methods: [apigwv2.HttpMethod.POST],
      integration: new HttpLambdaIntegration("ReportsIntegration", reports),
    });
  }

  private handler(id: string, handler: string): lambda.Function {
    return new lambda.Function(this, id, {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler,
      code: lambda.Code.fromAsset(path.join(__dirname, "../lambda")),
    });
  }
}
