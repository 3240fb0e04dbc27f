import { LambdaIntegration, type MethodOptions, type RestApi } from "aws-cdk-lib/aws-apigateway";
import type { IFunction } from "aws-cdk-lib/aws-lambda";

export interface Service {
  readonly list: IFunction;
  readonly create?: IFunction;
}

export function register(api: RestApi, name: string, { list, create }: Service, options: MethodOptions): void {
  const resource = api.root.addResource(name);
  resource.addMethod("GET", new LambdaIntegration(list), options);
  if (create) {
    resource.addMethod("POST", new LambdaIntegration(create), options);
  }
}
