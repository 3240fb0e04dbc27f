import { twins, type Twins } from "./parity";

const cases: Record<string, Twins> = {
  "no word about CORS": {
    typescript: `
      const api = new apigw.RestApi(this, "Api");
      api.root.addResource("orders").addMethod("get", new apigw.LambdaIntegration(fn));`,
    python: `
      api = apigw.RestApi(self, "Api")
      api.root.add_resource("orders").add_method("get", apigw.LambdaIntegration(fn))`,
    expected: `
      RestApi Api cors:none
        GET /orders - lambda orders.py#handler`,
  },
  "defaults reach every resource that is made": {
    typescript: `
      const api = new apigw.RestApi(this, "Api", {
        defaultCorsPreflightOptions: {
          allowOrigins: ["https://a.com", "https://b.com"],
          allowMethods: apigw.Cors.ALL_METHODS,
          allowHeaders: [...apigw.Cors.DEFAULT_HEADERS, "x-csrf-token"],
          allowCredentials: true,
          maxAge: Duration.hours(1),
          statusCode: 200,
        },
        binaryMediaTypes: ["*/*"],
      });
      const orders = api.root.addResource("orders");
      orders.addMethod("GET", new apigw.LambdaIntegration(fn));
      orders.addResource("{id}").addMethod("DELETE", new apigw.LambdaIntegration(fn), { apiKeyRequired: true });`,
    python: `
      api = apigw.RestApi(
          self, "Api",
          default_cors_preflight_options=apigw.CorsOptions(
              allow_origins=["https://a.com", "https://b.com"],
              allow_methods=apigw.Cors.ALL_METHODS,
              allow_headers=[*apigw.Cors.DEFAULT_HEADERS, "x-csrf-token"],
              allow_credentials=True,
              max_age=Duration.hours(1),
              status_code=200,
          ),
          binary_media_types=["*/*"],
      )
      orders = api.root.add_resource("orders")
      orders.add_method("GET", apigw.LambdaIntegration(fn))
      orders.add_resource("{id}").add_method("DELETE", apigw.LambdaIntegration(fn), api_key_required=True)`,
    expected: `
      RestApi Api cors:restDefault(https://a.com,https://b.com methods:OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD headers:Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent,x-csrf-token credentials:true age:3600 status:200) binary:*/*
        OPTIONS / - generated <default>
        OPTIONS /orders - generated <default>
        GET /orders - lambda orders.py#handler <default>
        OPTIONS /orders/{id} - generated <default>
        DELETE /orders/{id} - key:true lambda orders.py#handler <default>`,
  },
  "a resource's own default holds for what is below it": {
    typescript: `
      const api = new apigw.RestApi(this, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["https://a.com"] } });
      const admin = api.root.addResource("admin", { defaultCorsPreflightOptions: { allowOrigins: ["https://admin.a.com"], disableCache: true } });
      admin.addResource("users").addMethod("PUT", new apigw.LambdaIntegration(fn));
      api.root.resourceForPath("/a/b").addMethod("GET", new apigw.LambdaIntegration(fn));
      api.root.resourceForPath("a/c");`,
    python: `
      api = apigw.RestApi(self, "Api", default_cors_preflight_options={"allow_origins": ["https://a.com"]})
      admin = api.root.add_resource("admin", default_cors_preflight_options=apigw.CorsOptions(allow_origins=["https://admin.a.com"], disable_cache=True))
      admin.add_resource("users").add_method("PUT", apigw.LambdaIntegration(fn))
      api.root.resource_for_path("/a/b").add_method("GET", apigw.LambdaIntegration(fn))
      api.root.resource_for_path("a/c")`,
    expected: `
      RestApi Api cors:restDefault(https://a.com)
        OPTIONS / - generated <default>
        OPTIONS /admin - generated <default>
        OPTIONS /admin/users - generated <default>
        PUT /admin/users - lambda orders.py#handler <default>
        OPTIONS /a - generated <default>
        OPTIONS /a/b - generated <default>
        GET /a/b - lambda orders.py#handler <default>
        OPTIONS /a/c - generated <default>`,
  },
  "addCorsPreflight is for one resource": {
    typescript: `
      const api = new apigw.RestApi(this, "Api");
      const cors = { allowOrigins: ["https://a.com"], allowMethods: ["GET", "PUT"] };
      const orders = api.root.addResource("orders");
      orders.addCorsPreflight(cors);
      orders.addMethod("PUT", new apigw.LambdaIntegration(fn));
      const items = orders.addResource("items");
      items.addMethod("PUT", new apigw.LambdaIntegration(fn));
      api.root.addResource("users").addCorsPreflight(cors);`,
    python: `
      api = apigw.RestApi(self, "Api")
      cors = {"allow_origins": ["https://a.com"], "allow_methods": ["GET", "PUT"]}
      orders = api.root.add_resource("orders")
      orders.add_cors_preflight(**cors)
      orders.add_method("PUT", apigw.LambdaIntegration(fn))
      items = orders.add_resource("items")
      items.add_method("PUT", apigw.LambdaIntegration(fn))
      api.root.add_resource("users").add_cors_preflight(**cors)`,
    expected: `
      RestApi Api cors:restResource(https://a.com methods:GET,PUT)
        OPTIONS /orders - generated <own>
        PUT /orders - lambda orders.py#handler <own>
        PUT /orders/items - lambda orders.py#handler
        OPTIONS /users - generated <own>`,
  },
  "addProxy drops the option, and mirrors to the root": {
    typescript: `
      const api = new apigw.RestApi(this, "Api");
      api.root.addProxy({
        defaultIntegration: new apigw.LambdaIntegration(fn),
        defaultCorsPreflightOptions: { allowOrigins: ["https://a.com"] },
      });
      const files = api.root.addResource("files").addProxy({ anyMethod: false });
      files.addMethod("GET");`,
    python: `
      api = apigw.RestApi(self, "Api")
      api.root.add_proxy(
          default_integration=apigw.LambdaIntegration(fn),
          default_cors_preflight_options=apigw.CorsOptions(allow_origins=["https://a.com"]),
      )
      files = api.root.add_resource("files").add_proxy(any_method=False)
      files.add_method("GET")`,
    expected: `
      RestApi Api cors:none
        ANY / - mock
        ANY /{proxy+} - lambda orders.py#handler
        GET /files/{proxy+} - mock
        ignored on addProxy`,
  },
  "LambdaRestApi sends everything to its function": {
    typescript: `
      new apigw.LambdaRestApi(this, "Bare", { handler: fn, defaultMethodOptions: { authorizationType: apigw.AuthorizationType.IAM } });
      new apigw.LambdaRestApi(this, "Api", { handler: fn, defaultCorsPreflightOptions: { allowOrigins: apigw.Cors.ALL_ORIGINS } });`,
    python: `
      apigw.LambdaRestApi(self, "Bare", handler=fn, default_method_options=apigw.MethodOptions(authorization_type=apigw.AuthorizationType.IAM))
      apigw.LambdaRestApi(self, "Api", handler=fn, default_cors_preflight_options=apigw.CorsOptions(allow_origins=apigw.Cors.ALL_ORIGINS))`,
    expected: `
      LambdaRestApi Bare cors:none no-browsers
        ANY / iam^ lambda orders.py#handler
        ANY /{proxy+} iam^ lambda orders.py#handler
      LambdaRestApi Api cors:restDefault(*)
        OPTIONS / - generated <default>
        OPTIONS /{proxy+} - generated <default>
        ANY / - lambda orders.py#handler <default>
        ANY /{proxy+} - lambda orders.py#handler <default>`,
  },
  "LambdaRestApi that is no proxy": {
    typescript: `
      const api = new apigw.LambdaRestApi(this, "Api", { handler: fn, proxy: false });
      api.root.addResource("orders").addMethod("POST");`,
    python: `
      api = apigw.LambdaRestApi(self, "Api", handler=fn, proxy=False)
      api.root.add_resource("orders").add_method("POST")`,
    expected: `
      LambdaRestApi Api cors:none
        POST /orders - lambda orders.py#handler`,
  },
  "SpecRestApi, StepFunctionsRestApi and imported APIs": {
    typescript: `
      new apigw.SpecRestApi(this, "Spec", { apiDefinition: apigw.ApiDefinition.fromAsset("api.yaml"), defaultCorsPreflightOptions: { allowOrigins: ["*"] } } as any);
      new apigw.StepFunctionsRestApi(this, "Steps", { stateMachine: props.machine, defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
      const shared = apigw.RestApi.fromRestApiAttributes(this, "Shared", { restApiId: "a", rootResourceId: "b" });
      shared.root.addResource("orders", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } }).addMethod("GET", new apigw.LambdaIntegration(fn));`,
    python: `
      apigw.SpecRestApi(self, "Spec", api_definition=apigw.ApiDefinition.from_asset("api.yaml"), default_cors_preflight_options=apigw.CorsOptions(allow_origins=["*"]))
      apigw.StepFunctionsRestApi(self, "Steps", state_machine=props.machine, default_cors_preflight_options=apigw.CorsOptions(allow_origins=["*"]))
      shared = apigw.RestApi.from_rest_api_attributes(self, "Shared", rest_api_id="a", root_resource_id="b")
      shared.root.add_resource("orders", default_cors_preflight_options=apigw.CorsOptions(allow_origins=["*"])).add_method("GET", apigw.LambdaIntegration(fn))`,
    expected: `
      SpecRestApi Spec cors:unknown +routes? +responses?
        ignored on SpecRestApi
      StepFunctionsRestApi Steps cors:restDefault(*) step-functions
        OPTIONS / - generated <default>
        ANY / - stepFunctions <default>
      RestApi Shared cors:unknown +routes? +responses?
        OPTIONS /orders - generated <default>
        GET /orders - lambda orders.py#handler <default>`,
  },
  "resources and methods as constructs": {
    typescript: `
      const api = new apigw.RestApi(this, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
      const orders = new apigw.Resource(this, "R", { parent: api.root, pathPart: "orders" });
      new apigw.Method(this, "M", { httpMethod: "PUT", resource: orders, integration: new apigw.LambdaIntegration(fn), options: { apiKeyRequired: true } });
      new apigw.ProxyResource(this, "P", { parent: orders, defaultIntegration: new apigw.LambdaIntegration(fn) });
      api.root.getResource("orders")!.addMethod("GET", new apigw.LambdaIntegration(fn));`,
    python: `
      api = apigw.RestApi(self, "Api", default_cors_preflight_options=apigw.CorsOptions(allow_origins=["*"]))
      orders = apigw.Resource(self, "R", parent=api.root, path_part="orders")
      apigw.Method(self, "M", http_method="PUT", resource=orders, integration=apigw.LambdaIntegration(fn), options=apigw.MethodOptions(api_key_required=True))
      apigw.ProxyResource(self, "P", parent=orders, default_integration=apigw.LambdaIntegration(fn))
      api.root.get_resource("orders").add_method("GET", apigw.LambdaIntegration(fn))`,
    expected: `
      RestApi Api cors:restDefault(*)
        OPTIONS / - generated <default>
        OPTIONS /orders - generated <default>
        PUT /orders - key:true lambda orders.py#handler <default>
        OPTIONS /orders/{proxy+} - generated <default>
        ANY /orders/{proxy+} - lambda orders.py#handler <default>
        GET /orders - lambda orders.py#handler <default>`,
  },
  "what cannot be known": {
    typescript: `
      new apigw.RestApi(this, "Open", props);
      new apigw.RestApi(this, "Given", { defaultCorsPreflightOptions: props.cors });
      const api = new apigw.RestApi(this, "Branch", { defaultCorsPreflightOptions: props.dev ? { allowOrigins: ["*"] } : undefined });
      api.root.addResource(props.name).addMethod(props.verb, new apigw.LambdaIntegration(fn), props.options);`,
    python: `
      apigw.RestApi(self, "Open", **props)
      apigw.RestApi(self, "Given", default_cors_preflight_options=props.cors)
      api = apigw.RestApi(self, "Branch", default_cors_preflight_options=apigw.CorsOptions(allow_origins=["*"]) if props.dev else None)
      api.root.add_resource(props.name).add_method(props.verb, apigw.LambdaIntegration(fn), **props.options)`,
    expected: `
      RestApi Open cors:unknown
        OPTIONS / - generated maybe
      RestApi Given cors:unknown
        OPTIONS / - generated maybe
      RestApi Branch cors:restDefault(* maybe) +routes?
        OPTIONS / - generated <default> maybe
        OPTIONS ? - generated <default> maybe
        ? ? ? lambda orders.py#handler <default>`,
  },
};

describe("resources of REST APIs", () => {
  for (const [name, each] of Object.entries(cases)) it(name, () => twins(each));
});
