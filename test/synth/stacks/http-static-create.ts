import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

/** Options that every API of ours has. */
abstract class Defaults {
  static readonly headers = ["content-type", "authorization"];
  private static readonly age = Duration.minutes(15);

  static get cors(): apigwv2.CorsPreflightOptions {
    return {
      allowHeaders: Defaults.headers,
      maxAge: Defaults.age,
      allowMethods: [apigwv2.CorsHttpMethod.ANY],
    };
  }

  static forSite(site?: string): apigwv2.CorsPreflightOptions {
    switch (site) {
      case "admin":
        return {
          ...this.cors,
          allowOrigins: ["https://admin.example.com"],
          allowCredentials: true,
        };
      case undefined:
        return { ...this.cors, allowOrigins: ["*"] };
      default:
        return { ...this.cors, allowOrigins: [`https://${site}.example.com`] };
    }
  }
}

class Api {
  private readonly http: apigwv2.HttpApi;

  private constructor(scope: Construct, name: string, cors: apigwv2.CorsPreflightOptions) {
    this.http = new apigwv2.HttpApi(scope, name, { corsPreflight: cors });
  }

  static create(scope: Construct, name: string, site?: string): Api {
    return new Api(scope, name, Defaults.forSite(site));
  }

  get(path: string, fn: lambda.IFunction): this {
    return this.on(apigwv2.HttpMethod.GET, path, fn);
  }

  on(method: apigwv2.HttpMethod, path: string, fn: lambda.IFunction): this {
    this.http.addRoutes({
      path,
      methods: [method],
      integration: new HttpLambdaIntegration(`${method}${path}`, fn),
    });
    return this;
  }
}

export class FluentStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    Api.create(this, "Admin", "admin").get("/users", fn).on(apigwv2.HttpMethod.PUT, "/users", fn);
    Api.create(this, "Open").get("/status", fn);
    Api.create(this, "Shop", "shop").get("/products", fn);
  }
}
