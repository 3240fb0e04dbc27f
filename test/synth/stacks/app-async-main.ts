import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { App } from "aws-cdk-lib";

type Loader = () => { origins: string[] };

const load: Loader = () => ({ origins: ["https://one.example.com"] });

export const app = new App({ context: { stage: "test" } });

(() => {
  const { origins } = load();
  const stack = new Stack(app, "Inline");
  const fn = new lambda.Function(stack, "Fn", {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: "index.handler",
    code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
  });
  const api = new apigateway.RestApi(stack, "Api", {
    defaultCorsPreflightOptions: { allowOrigins: origins, allowMethods: ["GET"].concat(["PUT"]) },
  });
  const [first, ...others] = ["alpha", "beta", "gamma"].map((name) => api.root.addResource(name));
  first?.addMethod("GET", new apigateway.LambdaIntegration(fn));
  others.forEach((resource, index) =>
    resource.addMethod(index % 2 === 0 ? "PUT" : "GET", new apigateway.LambdaIntegration(fn)),
  );
  let resource: apigateway.IResource = api.root;
  for (let depth = 0; depth < 3; depth++) {
    resource = resource.addResource(`level${depth}`);
  }
  resource.addMethod("GET", new apigateway.LambdaIntegration(fn));
})();
