import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { App, Aws, Fn } from "aws-cdk-lib";

enum Target {
  Dev = "dev",
  Prod = "prod",
}

const originsOf = new Map<Target, string[]>([
  [Target.Dev, ["http://localhost:3000"]],
  [Target.Prod, ["https://app.example.com"]],
]);

const routeTable = [
  ["/users", "GET"],
  ["/users", "POST"],
  ["/users/{id}", "PUT"],
] as const;

class ServiceStack extends Stack {
  readonly #fn: lambda.Function;

  constructor(
    scope: Construct,
    id: string,
    private readonly options: { target: Target; domain?: string },
  ) {
    super(scope, id);
    this.#fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const { target, domain: site = "www.example.org" } = this.options;
    const methods = [...new Set(routeTable.map(([, method]) => method))];
    const api = new apigwv2.HttpApi(this, "Service", {
      apiName: Fn.join("-", ["service", Aws.REGION]),
      corsPreflight: Object.assign(
        {
          allowOrigins: [...(originsOf.get(target) ?? []), `https://${site}`],
          allowMethods: methods as unknown as apigwv2.CorsHttpMethod[],
        },
        {
          allowHeaders: ["content-type", ...(target === Target.Prod ? ["x-trace"] : [])],
          maxAge: this.age(target),
        },
      ),
    });
    const grouped = routeTable.reduce<Record<string, apigwv2.HttpMethod[]>>(
      (all, [path, method]) => {
        (all[path] ??= []).push(method as apigwv2.HttpMethod);
        return all;
      },
      {},
    );
    for (const path of Object.keys(grouped)) {
      api.addRoutes({
        path,
        methods: grouped[path]!,
        integration: new HttpLambdaIntegration(path, this.#fn),
      });
    }
  }

  private age(target: Target): Duration {
    switch (target) {
      case Target.Dev:
        return Duration.seconds(1);
      case Target.Prod:
        return Duration.hours(1);
    }
  }
}

export const app = new App();
new ServiceStack(app, "Dev", { target: Target.Dev });
new ServiceStack(app, "Prod", { target: Target.Prod, domain: "shop.example.com" });
