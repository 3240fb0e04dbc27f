import type { NewPolicy } from "../../../shared/src/model/edit";
import type { PolicyForm } from "../../../shared/src/model/model";
import { declines, spells, type Edits } from "./spell";

const whole: NewPolicy = {
  allowOrigins: ["https://www.example.com"],
  allowMethods: ["GET", "PUT"],
  allowHeaders: ["content-type"],
  allowCredentials: true,
  maxAge: 7200,
};
const anyone: NewPolicy = { allowOrigins: ["*"], allowMethods: ["*"] };

function adds(form: PolicyForm, policy: NewPolicy): Edits {
  return (at) => [{ kind: "addPolicy", form, call: at("call"), policy }];
}

function sets(form: PolicyForm, fields: NewPolicy): Edits {
  return (at) => [{ kind: "setPolicyFields", form, block: at("block"), fields }];
}

describe("writing addPolicy in TypeScript", () => {
  spells(
    "gives an HTTP API its first options",
    "stack.ts",
    adds("httpApi", whole),
    `import * as cdk from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";

const api = «call:new apigwv2.HttpApi(stack, "Api")»;
`,
    `import * as cdk from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";

const api = new apigwv2.HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://www.example.com"],
    allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.PUT],
    allowHeaders: ["content-type"],
    allowCredentials: true,
    maxAge: cdk.Duration.hours(2),
  },
});
`,
  );
  spells(
    "breaks one-line options, and adds names to imports",
    "stack.ts",
    adds("httpApi", whole),
    `import { App, Stack } from 'aws-cdk-lib'
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'

const api = «call:new HttpApi(stack, 'Api', { apiName: 'orders' })»
`,
    `import { App, Duration, Stack } from 'aws-cdk-lib'
import { HttpApi, CorsHttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'

const api = new HttpApi(stack, 'Api', {
  apiName: 'orders',
  corsPreflight: {
    allowOrigins: ['https://www.example.com'],
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT],
    allowHeaders: ['content-type'],
    allowCredentials: true,
    maxAge: Duration.hours(2),
  },
})
`,
  );
  spells(
    "adds to several lines, keeping comments and the missing last comma",
    "stack.ts",
    adds("restDefault", anyone),
    `import * as apigateway from "aws-cdk-lib/aws-apigateway";

«call:new apigateway.RestApi(stack, "Api", {
    restApiName: "orders" // as in the console
})»;
`,
    `import * as apigateway from "aws-cdk-lib/aws-apigateway";

new apigateway.RestApi(stack, "Api", {
    restApiName: "orders", // as in the console
    defaultCorsPreflightOptions: {
        allowOrigins: apigateway.Cors.ALL_ORIGINS,
        allowMethods: apigateway.Cors.ALL_METHODS
    }
});
`,
  );
  spells(
    "spreads options that are a variable",
    "stack.ts",
    adds("restDefault", { allowOrigins: ["https://www.example.com"] }),
    `import { RestApi } from "aws-cdk-lib/aws-apigateway";
«call:new RestApi(this, "Api", props.api)»;
`,
    `import { RestApi } from "aws-cdk-lib/aws-apigateway";
new RestApi(this, "Api", {
  ...props.api,
  defaultCorsPreflightOptions: { allowOrigins: ["https://www.example.com"] },
});
`,
  );
  spells(
    "gives a function URL its own names",
    "stack.ts",
    adds("functionUrl", { ...anyone, exposeHeaders: ["etag"], maxAge: 90 }),
    `import { aws_lambda as lambda, Duration } from "aws-cdk-lib";
«call:fn.addFunctionUrl()»;
`,
    `import { aws_lambda as lambda, Duration } from "aws-cdk-lib";
fn.addFunctionUrl({
  cors: {
    allowedOrigins: ["*"],
    allowedMethods: [lambda.HttpMethod.ALL],
    exposedHeaders: ["etag"],
    maxAge: Duration.seconds(90),
  },
});
`,
  );
  spells(
    "counts the age of an L1 construct in seconds",
    "stack.ts",
    adds("cfnApi", whole),
    `import { CfnApi } from "aws-cdk-lib/aws-apigatewayv2";
«call:new CfnApi(this, "Api", {
  name: "orders",
})»;
`,
    `import { CfnApi } from "aws-cdk-lib/aws-apigatewayv2";
new CfnApi(this, "Api", {
  name: "orders",
  corsConfiguration: {
    allowOrigins: ["https://www.example.com"],
    allowMethods: ["GET", "PUT"],
    allowHeaders: ["content-type"],
    allowCredentials: true,
    maxAge: 7200,
  },
});
`,
  );
  spells(
    "writes a bucket's rule in a list",
    "stack.ts",
    adds("bucket", {
      allowOrigins: ["https://www.example.com"],
      allowMethods: ["PUT"],
      maxAge: 60,
    }),
    `import * as s3 from "aws-cdk-lib/aws-s3";
«call:new s3.Bucket(this, "Uploads")»;
`,
    `import * as s3 from "aws-cdk-lib/aws-s3";
new s3.Bucket(this, "Uploads", {
  cors: [
    {
      allowedOrigins: ["https://www.example.com"],
      allowedMethods: [s3.HttpMethods.PUT],
      maxAge: 60,
    },
  ],
});
`,
  );
  spells(
    "gives CloudFront what it requires",
    "stack.js",
    adds("responseHeadersPolicy", { ...anyone, allowHeaders: ["x-a"] }),
    `const cloudfront = require("aws-cdk-lib/aws-cloudfront");
«call:new cloudfront.ResponseHeadersPolicy(this, "Headers")»;
`,
    `const cloudfront = require("aws-cdk-lib/aws-cloudfront");
new cloudfront.ResponseHeadersPolicy(this, "Headers", {
  corsBehavior: {
    accessControlAllowOrigins: ["*"],
    accessControlAllowMethods: ["ALL"],
    accessControlAllowHeaders: ["x-a"],
    accessControlAllowCredentials: false,
    originOverride: true,
  },
});
`,
  );
  declines(
    "where the option is there already",
    "stack.ts",
    adds("httpApi", { allowOrigins: ["*"] }),
    `«call:new HttpApi(this, "Api", { corsPreflight: options })»;`,
  );
  declines(
    "what the construct cannot say",
    "stack.ts",
    adds("httpApi", { disableCache: true }),
    `«call:new HttpApi(this, "Api")»;`,
  );
  declines(
    "a bucket that allows all methods",
    "stack.ts",
    adds("bucket", anyone),
    `«call:new Bucket(this, "B")»;`,
  );
});

describe("writing addPolicy in Python", () => {
  spells(
    "breaks a one-line call",
    "stack.py",
    adds("httpApi", whole),
    `from aws_cdk import Stack, aws_apigatewayv2 as apigwv2

api = «call:apigwv2.HttpApi(self, "Api")»
`,
    `from aws_cdk import Stack, aws_apigatewayv2 as apigwv2, Duration

api = apigwv2.HttpApi(
    self,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://www.example.com"],
        allow_methods=[apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.PUT],
        allow_headers=["content-type"],
        allow_credentials=True,
        max_age=Duration.hours(2),
    ),
)
`,
  );
  spells(
    "follows arguments that are aligned with the bracket",
    "stack.py",
    adds("restDefault", anyone),
    `import aws_cdk.aws_apigateway as apigw

api = «call:apigw.LambdaRestApi(self, 'Api',
                          handler=fn)»
`,
    `import aws_cdk.aws_apigateway as apigw

api = apigw.LambdaRestApi(self, 'Api',
                          handler=fn,
                          default_cors_preflight_options=apigw.CorsOptions(
                              allow_origins=apigw.Cors.ALL_ORIGINS,
                              allow_methods=apigw.Cors.ALL_METHODS,
                          ))
`,
  );
  spells(
    "writes a dictionary where the file's options are dictionaries",
    "stack.py",
    adds("restDefault", { allowOrigins: ["https://www.example.com"] }),
    `from aws_cdk import aws_apigateway as apigw

one = apigw.RestApi(self, "One", default_cors_preflight_options={"allow_origins": ["https://a.example"]})
two = «call:apigw.RestApi(self, "Two")»
`,
    `from aws_cdk import aws_apigateway as apigw

one = apigw.RestApi(self, "One", default_cors_preflight_options={"allow_origins": ["https://a.example"]})
two = apigw.RestApi(
    self,
    "Two",
    default_cors_preflight_options={"allow_origins": ["https://www.example.com"]},
)
`,
  );
  spells(
    "gives a function URL its own names, through the file's alias",
    "stack.py",
    adds("functionUrl", { ...anyone, maxAge: 3600 }),
    `import aws_cdk as cdk
from aws_cdk import aws_lambda as _lambda

url = «call:fn.add_function_url(
    auth_type=_lambda.FunctionUrlAuthType.NONE,
)»
`,
    `import aws_cdk as cdk
from aws_cdk import aws_lambda as _lambda

url = fn.add_function_url(
    auth_type=_lambda.FunctionUrlAuthType.NONE,
    cors=_lambda.FunctionUrlCorsOptions(
        allowed_origins=["*"],
        allowed_methods=[_lambda.HttpMethod.ALL],
        max_age=cdk.Duration.hours(1),
    ),
)
`,
  );
  spells(
    "writes L1 and bucket structs",
    "stack.py",
    (at) => [
      {
        kind: "addPolicy",
        form: "cfnApi",
        call: at("api"),
        policy: { allowOrigins: ["*"], maxAge: 60 },
      },
      {
        kind: "addPolicy",
        form: "bucket",
        call: at("bucket"),
        policy: { allowOrigins: ["*"], allowMethods: ["GET"] },
      },
    ],
    `from aws_cdk import aws_apigatewayv2 as apigwv2, aws_s3 as s3

«api:apigwv2.CfnApi(self, "Api", name="orders")»
«bucket:s3.Bucket(self, "Uploads")»
`,
    `from aws_cdk import aws_apigatewayv2 as apigwv2, aws_s3 as s3

apigwv2.CfnApi(
    self,
    "Api",
    name="orders",
    cors_configuration=apigwv2.CfnApi.CorsProperty(
        allow_origins=["*"],
        max_age=60,
    ),
)
s3.Bucket(
    self,
    "Uploads",
    cors=[
        s3.CorsRule(
            allowed_origins=["*"],
            allowed_methods=[s3.HttpMethods.GET],
        ),
    ],
)
`,
  );
  spells(
    "gives a resource its preflight",
    "stack.py",
    adds("restResource", { allowOrigins: ["https://www.example.com"], disableCache: true }),
    `from aws_cdk import aws_apigateway
«call:resource.add_cors_preflight()»
`,
    `from aws_cdk import aws_apigateway
resource.add_cors_preflight(allow_origins=["https://www.example.com"], disable_cache=True)
`,
  );
  declines(
    "where the option is there already",
    "stack.py",
    adds("httpApi", { allowOrigins: ["*"] }),
    `«call:HttpApi(self, "Api", cors_preflight=options)»\n`,
  );
});

describe("writing addCorsPreflight", () => {
  const edits: Edits = (at) => [
    {
      kind: "addCorsPreflight",
      on: "orders",
      statement: at("after"),
      policy: { allowOrigins: ["https://www.example.com"], allowMethods: ["GET"] },
    },
  ];
  spells(
    "follows the statement in TypeScript",
    "stack.ts",
    edits,
    `{
  «after:const orders = api.root.addResource("orders");» // all of them
  next();
}
`,
    `{
  const orders = api.root.addResource("orders"); // all of them
  orders.addCorsPreflight({
    allowOrigins: ["https://www.example.com"],
    allowMethods: ["GET"],
  });
  next();
}
`,
  );
  spells(
    "follows the statement in Python",
    "stack.py",
    edits,
    `def build():
    «after:orders = api.root.add_resource("orders")»  # all of them
    go()
`,
    `def build():
    orders = api.root.add_resource("orders")  # all of them
    orders.add_cors_preflight(allow_origins=["https://www.example.com"], allow_methods=["GET"])
    go()
`,
  );
  declines("after a return", "stack.ts", edits, `function f() {\n  «after:return build();»\n}\n`);
  declines("where there is no list of statements", "stack.ts", edits, `if (x) «after:build();»\n`);
  declines("behind others on a line of Python", "stack.py", edits, `a = 1; «after:b = 2»; c = 3\n`);
});

describe("writing setPolicyFields", () => {
  spells(
    "replaces and adds in TypeScript",
    "stack.ts",
    sets("httpApi", {
      allowOrigins: ["https://www.example.com"],
      allowMethods: ["PATCH"],
      maxAge: 5400,
    }),
    `import { Duration } from "aws-cdk-lib";
import { CorsHttpMethod as M } from "aws-cdk-lib/aws-apigatewayv2";
const cors = «block:{
  // who may read
  allowOrigins: ["*"], // everyone
  allowMethods: [M.GET],
}»;
`,
    `import { Duration } from "aws-cdk-lib";
import { CorsHttpMethod as M } from "aws-cdk-lib/aws-apigatewayv2";
const cors = {
  // who may read
  allowOrigins: ["https://www.example.com"], // everyone
  allowMethods: [M.PATCH],
  maxAge: Duration.minutes(90),
};
`,
  );
  spells(
    "replaces a shorthand and keeps strings as methods",
    "stack.js",
    sets("httpApi", { allowOrigins: ["https://www.example.com"], allowMethods: ["*"] }),
    `const cors = «block:{ allowOrigins, allowMethods: ['GET'] }»\n`,
    `const cors = { allowOrigins: ['https://www.example.com'], allowMethods: ['*'] }\n`,
  );
  spells(
    "replaces and adds keyword arguments",
    "stack.py",
    sets("httpApi", { allowCredentials: false, allowHeaders: ["x-a"] }),
    `cors = «block:apigwv2.CorsPreflightOptions(allow_origins=["*"], allow_credentials=True)»\n`,
    `cors = apigwv2.CorsPreflightOptions(
    allow_origins=["*"],
    allow_credentials=False,
    allow_headers=["x-a"],
)
`,
  );
  spells(
    "follows a dictionary's own spelling",
    "stack.py",
    (at) => [
      {
        kind: "setPolicyFields",
        form: "httpApi",
        block: at("snake"),
        fields: { allowHeaders: ["x-a"] },
      },
      {
        kind: "setPolicyFields",
        form: "cfnApi",
        block: at("camel"),
        fields: { allowHeaders: ["x-a"] },
      },
    ],
    `a = «snake:{'allow_origins': ['*']}»\nb = «camel:{'allowOrigins': ['*']}»\n`,
    `a = {'allow_origins': ['*'], 'allow_headers': ['x-a']}\nb = {'allowOrigins': ['*'], 'allowHeaders': ['x-a']}\n`,
  );
  spells(
    "reaches the options of a call",
    "stack.ts",
    sets("restResource", { allowCredentials: true }),
    `«block:api.root.addCorsPreflight({ allowOrigins: ["https://www.example.com"] })»;\n`,
    `api.root.addCorsPreflight({ allowOrigins: ["https://www.example.com"], allowCredentials: true });\n`,
  );
  declines(
    "where no literal is",
    "stack.ts",
    sets("httpApi", { maxAge: 60 }),
    `f(«block:options»);`,
  );
});
