import { App, Stack } from "aws-cdk-lib";
import { Code, Function as Lambda, FunctionUrlAuthType, HttpMethod, Runtime } from "aws-cdk-lib/aws-lambda";
import { join } from "path";

const stack = new Stack((() => new App())(), "Urls");
const functions = ["upload", "download"].map(
  (name) =>
    new Lambda(stack, name, {
      runtime: Runtime.NODEJS_22_X,
      code: Code.fromAsset(join(__dirname, "code")),
      handler: `${name}.handler`,
    }),
);
functions.forEach((fn, index) => {
  fn.addFunctionUrl({
    authType: FunctionUrlAuthType.NONE,
    cors: index === 0 ? { allowedOrigins: ["https://up.example.com"], allowedMethods: [HttpMethod.PUT] } : undefined,
  });
});

export const app = stack.node.root;
