const { Stack } = require("aws-cdk-lib");
const lambda = require("aws-cdk-lib/aws-lambda");

class WrongNamesStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowOrigins: ["*"], allowMethods: ["GET"] } });
  }
}

exports.WrongNamesStack = WrongNamesStack;
