import { twins, type Twins } from "./parity";

const guarded = {
  typescript: `
      const auth = new apigw.CognitoUserPoolsAuthorizer(this, "Auth", { cognitoUserPools: [props.pool] });
      const token = new apigw.TokenAuthorizer(this, "Token", { handler: fn, identitySource: apigw.IdentitySource.header("X-Token") });
      const api = new apigw.RestApi(this, "Api", {
        defaultMethodOptions: { authorizer: auth, authorizationType: apigw.AuthorizationType.COGNITO, apiKeyRequired: true },
        defaultIntegration: new apigw.LambdaIntegration(fn),
        defaultCorsPreflightOptions: { allowOrigins: ["https://a.com"] },
      });
      api.root.addMethod("GET");
      api.root.addMethod("POST", undefined, { authorizationType: apigw.AuthorizationType.NONE });
      api.root.addMethod("PUT", undefined, { authorizer: token, authorizationType: apigw.AuthorizationType.CUSTOM, apiKeyRequired: false });`,
  python: `
      auth = apigw.CognitoUserPoolsAuthorizer(self, "Auth", cognito_user_pools=[props.pool])
      token = apigw.TokenAuthorizer(self, "Token", handler=fn, identity_source=apigw.IdentitySource.header("X-Token"))
      api = apigw.RestApi(
          self, "Api",
          default_method_options=apigw.MethodOptions(authorizer=auth, authorization_type=apigw.AuthorizationType.COGNITO, api_key_required=True),
          default_integration=apigw.LambdaIntegration(fn),
          default_cors_preflight_options=apigw.CorsOptions(allow_origins=["https://a.com"]),
      )
      api.root.add_method("GET")
      api.root.add_method("POST", None, authorization_type=apigw.AuthorizationType.NONE)
      api.root.add_method("PUT", authorizer=token, authorization_type=apigw.AuthorizationType.CUSTOM, api_key_required=False)`,
};

const cases: Record<string, Twins> = {
  "defaultMethodOptions reach every method but CDK's own OPTIONS": {
    ...guarded,
    version: "2.46.0",
    expected: `
      RestApi Api cors:restDefault(https://a.com)
        OPTIONS / - generated <default>
        GET / cognito^ key:true lambda orders.py#handler <default>
        POST / - key:true lambda orders.py#handler <default>
        PUT / lambda key:false lambda orders.py#handler <default>`,
  },
  "before version 2.46 they reach OPTIONS too": {
    ...guarded,
    version: "2.45.0",
    expected: `
      RestApi Api cors:restDefault(https://a.com)
        OPTIONS / cognito^ key:true generated <default>
        GET / cognito^ key:true lambda orders.py#handler <default>
        POST / - key:true lambda orders.py#handler <default>
        PUT / lambda key:false lambda orders.py#handler <default>`,
  },
  "a range of versions accuses nobody": {
    ...guarded,
    version: "^2.1.0",
    expected: `
      RestApi Api cors:restDefault(https://a.com)
        OPTIONS / - generated <default>
        GET / cognito^ key:true lambda orders.py#handler <default>
        POST / - key:true lambda orders.py#handler <default>
        PUT / lambda key:false lambda orders.py#handler <default>`,
  },
  "resources change single options for what is below them": {
    typescript: `
      const api = new apigw.RestApi(this, "Api", { defaultMethodOptions: { apiKeyRequired: true } });
      const admin = api.root.addResource("admin", { defaultMethodOptions: { authorizationType: apigw.AuthorizationType.IAM } });
      admin.addResource("users").addMethod("GET", new apigw.HttpIntegration("https://other.com"));
      api.root.addMethod("GET", new apigw.HttpIntegration("https://other.com", { proxy: false }), props.options);`,
    python: `
      api = apigw.RestApi(self, "Api", default_method_options={"api_key_required": True})
      admin = api.root.add_resource("admin", default_method_options=apigw.MethodOptions(authorization_type=apigw.AuthorizationType.IAM))
      admin.add_resource("users").add_method("GET", apigw.HttpIntegration("https://other.com"))
      api.root.add_method("GET", apigw.HttpIntegration("https://other.com", proxy=False), **props.options)`,
    expected: `
      RestApi Api cors:none
        GET /admin/users iam^ key:true http
        GET / ? key:true http +mappings?`,
  },
  "hand-written OPTIONS with MOCK": {
    typescript: `
      const api = new apigw.RestApi(this, "Api", { defaultMethodOptions: { authorizationType: apigw.AuthorizationType.IAM } });
      api.root.addMethod("OPTIONS", new apigw.MockIntegration({
        integrationResponses: [{
          statusCode: "200",
          responseParameters: {
            "method.response.header.Access-Control-Allow-Origin": "'*'",
            "method.response.header.Access-Control-Allow-Headers": "Content-Type",
          },
        }],
      }), { methodResponses: [{ statusCode: "200", responseParameters: { "method.response.header.Access-Control-Allow-Origin": true } }] });`,
    python: `
      api = apigw.RestApi(self, "Api", default_method_options=apigw.MethodOptions(authorization_type=apigw.AuthorizationType.IAM))
      api.root.add_method("OPTIONS", apigw.MockIntegration(
          integration_responses=[apigw.IntegrationResponse(
              status_code="200",
              response_parameters={
                  "method.response.header.Access-Control-Allow-Origin": "'*'",
                  "method.response.header.Access-Control-Allow-Headers": "Content-Type",
              },
          )],
      ), method_responses=[apigw.MethodResponse(status_code="200", response_parameters={"method.response.header.Access-Control-Allow-Origin": True})])`,
    expected: `
      RestApi Api cors:none
        OPTIONS / iam^ mock maps 200 access-control-allow-origin='*' access-control-allow-headers=Content-Type; declares 200 access-control-allow-origin=true;`,
  },
  "integrations that are proxies, and those that map": {
    typescript: `
      const api = new apigw.RestApi(this, "Api");
      const responses = [{ statusCode: "200", responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" } }];
      api.root.addMethod("GET", new apigw.LambdaIntegration(fn, { integrationResponses: responses }));
      const put = api.root.addMethod("PUT", new apigw.LambdaIntegration(fn, { proxy: false, integrationResponses: responses }));
      put.addMethodResponse({ statusCode: "200" });
      api.root.addMethod("POST", new apigw.LambdaIntegration(fn, props.options));
      api.root.addMethod("PATCH", new apigw.AwsIntegration({ service: "sqs", options: { integrationResponses: [...responses, props.more] } }));
      api.root.addMethod("DELETE", apigw.StepFunctionsIntegration.startExecution(props.machine));
      api.root.addMethod("HEAD", new apigw.Integration({ type: apigw.IntegrationType.MOCK }));`,
    python: `
      api = apigw.RestApi(self, "Api")
      responses = [apigw.IntegrationResponse(status_code="200", response_parameters={"method.response.header.Access-Control-Allow-Origin": "'*'"})]
      api.root.add_method("GET", apigw.LambdaIntegration(fn, integration_responses=responses))
      put = api.root.add_method("PUT", apigw.LambdaIntegration(fn, proxy=False, integration_responses=responses))
      put.add_method_response(status_code="200")
      api.root.add_method("POST", apigw.LambdaIntegration(fn, **props.options))
      api.root.add_method("PATCH", apigw.AwsIntegration(service="sqs", options=apigw.IntegrationOptions(integration_responses=[*responses, props.more])))
      api.root.add_method("DELETE", apigw.StepFunctionsIntegration.start_execution(props.machine))
      api.root.add_method("HEAD", apigw.Integration(type=apigw.IntegrationType.MOCK))`,
    expected: `
      RestApi Api cors:none
        GET / - lambda orders.py#handler ignores-responses
        PUT / - lambdaCustom orders.py#handler maps 200 access-control-allow-origin='*'; declares 200;
        POST / - unknown
        PATCH / - aws maps 200 access-control-allow-origin='*'; +mappings?
        DELETE / - stepFunctions
        HEAD / - mock`,
  },
  "gateway responses": {
    typescript: `
      const api = new apigw.RestApi(this, "Api", { endpointTypes: [apigw.EndpointType.PRIVATE] });
      const headers = { "Access-Control-Allow-Origin": "'*'" };
      for (const type of [apigw.ResponseType.DEFAULT_4XX, apigw.ResponseType.DEFAULT_5XX]) {
        api.addGatewayResponse("Errors" + type, { type, responseHeaders: { ...headers, Vary: "Origin" } });
      }
      new apigw.GatewayResponse(this, "Denied", { restApi: api, type: apigw.ResponseType.ACCESS_DENIED, responseHeaders: props.headers });
      new apigw.GatewayResponse(this, "Own", { restApi: api, type: apigw.ResponseType.of("THROTTLED"), statusCode: "429" });
      new apigw.CfnGatewayResponse(this, "Expired", {
        restApiId: api.restApiId,
        responseType: "EXPIRED_TOKEN",
        responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
      });`,
    python: `
      api = apigw.RestApi(self, "Api", endpoint_types=[apigw.EndpointType.PRIVATE])
      headers = {"Access-Control-Allow-Origin": "'*'"}
      for type in [apigw.ResponseType.DEFAULT_4_XX, apigw.ResponseType.DEFAULT_5_XX]:
          api.add_gateway_response(f"Errors{type}", type=type, response_headers={**headers, "Vary": "Origin"})
      apigw.GatewayResponse(self, "Denied", rest_api=api, type=apigw.ResponseType.ACCESS_DENIED, response_headers=props.headers)
      apigw.GatewayResponse(self, "Own", rest_api=api, type=apigw.ResponseType.of("THROTTLED"), status_code="429")
      apigw.CfnGatewayResponse(
          self, "Expired",
          rest_api_id=api.rest_api_id,
          response_type="EXPIRED_TOKEN",
          response_parameters={"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"},
      )`,
    expected: `
      RestApi Api cors:none no-browsers
        response DEFAULT_4XX access-control-allow-origin='*' vary=Origin
        response DEFAULT_5XX access-control-allow-origin='*' vary=Origin
        response ACCESS_DENIED ...
        response THROTTLED
        response EXPIRED_TOKEN access-control-allow-origin='*'`,
  },
  "a gateway response of an API that cannot be told": {
    typescript: `
      new apigw.RestApi(this, "Api", { endpointConfiguration: { types: [apigw.EndpointType.PRIVATE] } });
      new apigw.GatewayResponse(this, "Denied", { restApi: props.api, type: apigw.ResponseType.ACCESS_DENIED });`,
    python: `
      apigw.RestApi(self, "Api", endpoint_configuration=apigw.EndpointConfiguration(types=[apigw.EndpointType.PRIVATE]))
      apigw.GatewayResponse(self, "Denied", rest_api=props.api, type=apigw.ResponseType.ACCESS_DENIED)`,
    expected: `
      RestApi Api cors:none +responses? no-browsers`,
  },
};

describe("methods of REST APIs", () => {
  for (const [name, each] of Object.entries(cases)) it(name, () => twins(each));
});
