const cdk = require("aws-cdk-lib");
const { RestApi, LambdaIntegration, Cors, MockIntegration, PassthroughBehavior } = require("aws-cdk-lib/aws-apigateway");
const { Function: Fn, Runtime, Code } = require("aws-cdk-lib/aws-lambda");

const withCors = (resource, origin = "'*'") => {
  const headers = ["Origin", "Methods", "Headers"].map((name) => `method.response.header.Access-Control-Allow-${name}`);
  resource.addMethod(
    "OPTIONS",
    new MockIntegration({
      passthroughBehavior: PassthroughBehavior.WHEN_NO_MATCH,
      requestTemplates: { "application/json": JSON.stringify({ statusCode: 204 }) },
      integrationResponses: [
        { statusCode: "204", responseParameters: { [headers[0]]: origin, [headers[1]]: "'GET,POST'", [headers[2]]: "'*'" } },
      ],
    }),
    { methodResponses: [{ statusCode: "204", responseParameters: Object.fromEntries(headers.map((name) => [name, true])) }] },
  );
  return resource;
};

class NotesStack extends cdk.Stack {
  constructor(scope, id) {
    super(scope, id);
    const fn = new Fn(this, "Notes", {
      runtime: Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new RestApi(this, "NotesApi");
    const notes = withCors(api.root.addResource("notes"), "'https://notes.example.com'");
    notes.addMethod("GET", new LambdaIntegration(fn));
    withCors(notes.addResource("{id}")).addMethod("DELETE", new LambdaIntegration(fn));
    const open = api.root.addResource("open", { defaultCorsPreflightOptions: { allowOrigins: Cors.ALL_ORIGINS } });
    open.addMethod("GET", new LambdaIntegration(fn));
  }
}

module.exports.NotesStack = NotesStack;
