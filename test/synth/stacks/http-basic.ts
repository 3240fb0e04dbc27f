import { Duration, Stack, StackProps } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const orders = new lambda.Function(this, "Orders", {
      runtime: lambda.Runtime.NODEJS_20_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigwv2.HttpApi(this, "OrdersApi", {
      corsPreflight: {
        allowOrigins: ["https://shop.example.com", "http://localhost:5173"],
        allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.PUT],
        allowHeaders: ["content-type", "authorization"],
        exposeHeaders: ["etag"],
        allowCredentials: true,
        maxAge: Duration.hours(2),
      },
      defaultAuthorizer: new HttpJwtAuthorizer("Jwt", "https://issuer.example.com", {
        jwtAudience: ["shop"],
      }),
    });
    api.addRoutes({
      path: "/orders/{id}",
      methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.PUT],
      integration: new HttpLambdaIntegration("OrdersIntegration", orders),
    });
  }
}
