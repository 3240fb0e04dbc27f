import { twins, type Twins } from "./parity";

const cases: Record<string, Twins> = {
  "with its own names of the options": {
    typescript: `
      fn.addFunctionUrl({
        authType: lambda.FunctionUrlAuthType.NONE,
        cors: {
          allowedOrigins: ["https://a.com"],
          allowedMethods: [lambda.HttpMethod.GET, lambda.HttpMethod.ALL],
          allowedHeaders: ["content-type"],
          exposedHeaders: ["etag"],
          allowCredentials: true,
          maxAge: Duration.days(1),
        },
        invokeMode: lambda.InvokeMode.RESPONSE_STREAM,
      });`,
    python: `
      fn.add_function_url(
          auth_type=lambda_.FunctionUrlAuthType.NONE,
          cors=lambda_.FunctionUrlCorsOptions(
              allowed_origins=["https://a.com"],
              allowed_methods=[lambda_.HttpMethod.GET, lambda_.HttpMethod.ALL],
              allowed_headers=["content-type"],
              exposed_headers=["etag"],
              allow_credentials=True,
              max_age=Duration.days(1),
          ),
          invoke_mode=lambda_.InvokeMode.RESPONSE_STREAM,
      )`,
    expected: `
      addFunctionUrl Orders cors:functionUrl(https://a.com methods:GET,* headers:content-type expose:etag credentials:true age:86400) auth:NONE
        ANY $default - lambda orders.py#handler`,
  },
  "options of other constructs are dropped": {
    typescript: `fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowOrigins: ["*"], allowHeaders: ["*"] } as any });`,
    python: `fn.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE, cors={"allow_origins": ["*"], "allow_headers": ["*"]})`,
    expected: `
      addFunctionUrl Orders cors:functionUrl(- ignored:allowOrigins->allowedOrigins ignored:allowHeaders->allowedHeaders) auth:NONE
        ANY $default - lambda orders.py#handler`,
  },
  "of an alias, as a construct, and signed by default": {
    typescript: `
      fn.addAlias("live").addFunctionUrl({ cors: { allowedOrigins: ["*"] } });
      new lambda.FunctionUrl(this, "Url", { function: fn });
      new lambda.FunctionUrl(this, "Given", { function: props.fn, authType: props.auth, cors: props.cors });
      fn.addFunctionUrl(props.options);`,
    python: `
      fn.add_alias("live").add_function_url(cors=lambda_.FunctionUrlCorsOptions(allowed_origins=["*"]))
      lambda_.FunctionUrl(self, "Url", function=fn)
      lambda_.FunctionUrl(self, "Given", function=props.fn, auth_type=props.auth, cors=props.cors)
      fn.add_function_url(**props.options)`,
    expected: `
      addFunctionUrl live cors:functionUrl(*) auth:AWS_IAM
        ANY $default iam lambda orders.py#handler
      FunctionUrl Url cors:none auth:AWS_IAM no-browsers
        ANY $default iam lambda orders.py#handler
      FunctionUrl Given cors:unknown auth:?
        ANY $default ? lambda
      addFunctionUrl Orders cors:unknown auth:?
        ANY $default ? lambda orders.py#handler`,
  },
  "on some ways only": {
    typescript: `
      const cors = props.dev ? { allowedOrigins: ["*"] } : undefined;
      if (props.public) fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors });`,
    python: `
      cors = lambda_.FunctionUrlCorsOptions(allowed_origins=["*"]) if props.dev else None
      if props.public:
          fn.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE, cors=cors)`,
    expected: `
      addFunctionUrl Orders cors:functionUrl(* maybe) auth:NONE
        ANY $default - lambda orders.py#handler maybe`,
  },
};

describe("Function URLs", () => {
  for (const [name, each] of Object.entries(cases)) it(name, () => twins(each));
});
