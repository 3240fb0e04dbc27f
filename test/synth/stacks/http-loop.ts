import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

interface RouteDefinition {
  path: string;
  methods: apigwv2.HttpMethod[];
}

const routes: RouteDefinition[] = [
  { path: "/users", methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST] },
  {
    path: "/users/{id}",
    methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.PATCH, apigwv2.HttpMethod.DELETE],
  },
];

export class LoopStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Users", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigwv2.HttpApi(this, "UsersApi", {
      corsPreflight: {
        allowOrigins: ["*"],
        allowMethods: Object.values(apigwv2.CorsHttpMethod).filter(
          (method) => method !== apigwv2.CorsHttpMethod.ANY,
        ),
        allowHeaders: ["content-type"].concat("x-request-id"),
        maxAge: Duration.minutes(10),
      },
    });
    for (const { path, methods } of routes) {
      api.addRoutes({
        path,
        methods,
        integration: new HttpLambdaIntegration(`Users${methods.length}`, fn),
      });
    }
    ["/health", "/version"].forEach((path) => {
      api.addRoutes({
        path,
        methods: [apigwv2.HttpMethod.GET],
        integration: new HttpLambdaIntegration(path, fn),
      });
    });
  }
}
