import { App, Duration, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";

const stack = new Stack(new App(), "Orders");

const list = new NodejsFunction(stack, "List", { entry: "src/list.ts" });

const api = new HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com/", "http://localhost:4200"],
    allowMethods: [CorsHttpMethod.GET],
    allowHeaders: ["content-type", "authorization"],
    allowCredentials: true,
    maxAge: Duration.days(10),
  },
});

api.addRoutes({
  path: "/orders",
  methods: [HttpMethod.GET],
  integration: new HttpLambdaIntegration("ListIntegration", list),
});
