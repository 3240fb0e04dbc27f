import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "site-name-not-allowed";
const says = "[warning] The browser refuses the pages at https://www.acmecorp.com";

interface Shape {
  readonly names?: string;
  readonly more?: string;
  readonly origins?: string;
  readonly claim?: boolean;
  readonly page?: boolean;
}

function ts({
  names = `["www.acmecorp.com"]`,
  more = "",
  origins = `["https://acmecorp.com"]`,
  claim = false,
  page = true,
}: Shape): string {
  return stackTs(`
      import { Distribution } from "aws-cdk-lib/aws-cloudfront";
      import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
      import { Bucket } from "aws-cdk-lib/aws-s3";
      const origin = S3BucketOrigin.withOriginAccessControl(new Bucket(stack, "Pages"));
      new Distribution(stack, "Site", { defaultRootObject: "index.html", domainNames: ${names}, defaultBehavior: { origin } });
      ${more}
      const api = new HttpApi(stack, "Orders", { corsPreflight: {
        allowOrigins: ${origins},${claim ? `\n      //^^^^^^^^^^^^ ${says}` : ""}
      } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });
      ${
        page
          ? `//- /web/orders.ts
      export const all = () => fetch(import.meta.env.VITE_ORDERS_URL + "/orders");`
          : ""
      }`);
}

describe(rule, () => {
  it("tells where none of the names is allowed", async () => {
    await check(
      rule,
      ts({ claim: true }),
      ts({ origins: `["https://acmecorp.com", "https://www.acmecorp.com"]` }),
    );
    await check(rule, ts({ origins: `["http://localhost:5173"]`, claim: true }));
    await check(rule, ts({ origins: `["http://www.acmecorp.com"]`, claim: true }));
    await check(rule, ts({ names: `["www.acmecorp.com", "shop.acmecorp.com"]`, claim: true }));
    await check(
      rule,
      stackPy(`
      from aws_cdk import aws_cloudfront as cloudfront
      from aws_cdk import aws_cloudfront_origins as origins
      from aws_cdk import aws_s3 as s3
      domain = "acmecorp.com"
      origin = origins.S3BucketOrigin(s3.Bucket(stack, "Pages"))
      cloudfront.Distribution(stack, "Site", default_root_object="index.html", domain_names=[f"www.{domain}"], default_behavior={"origin": origin})
      api = apigateway.RestApi(stack, "Orders", default_cors_preflight_options=apigateway.CorsOptions(
          allow_origins=[f"https://{domain}"],
      #   ^^^^^^^^^^^^^ ${says}
      ))
      api.root.add_resource("orders").add_method("GET", apigateway.HttpIntegration("https://backend.acmecorp.com"))
      //- /web/orders.ts
      export const all = () => fetch(import.meta.env.VITE_ORDERS_URL + "/orders");`),
    );
  });

  it("is silent where one is allowed, or may be, or pages may come from elsewhere", async () => {
    const silent: readonly Shape[] = [
      { origins: `["https://www.acmecorp.com"]` },
      { origins: `["*"]` },
      { origins: `["https://*"]` },
      { origins: `["https://acmecorp.com", process.env.ORIGIN!]` },
      { origins: `[]` },
      { names: `["acmecorp.com", "www.acmecorp.com"]` },
      { names: `["*.acmecorp.com"]` },
      { names: `[process.env.DOMAIN!]` },
      { names: "undefined" },
      { page: false },
      {
        more: `new Distribution(stack, "Admin", { defaultRootObject: "index.html", domainNames: ["admin.acmecorp.com"], defaultBehavior: { origin } });`,
      },
    ];
    for (const shape of silent) await check(rule, ts(shape));
    await check(rule, ts({}).replace(`defaultRootObject: "index.html", `, ""));
  });

  it("reads templates", async () => {
    const template = (alias: string, claim = ""): string => `#- /template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Pages:
    Type: AWS::S3::Bucket
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases:
          - ${alias}
        DefaultRootObject: index.html
        Origins:
          - Id: Pages
            DomainName: !GetAtt Pages.RegionalDomainName
        DefaultCacheBehavior:
          TargetOriginId: Pages
          ViewerProtocolPolicy: redirect-to-https
  Orders:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins:${claim}
          - https://acmecorp.com
  All:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: all.handler
      Events:
        All:
          Type: HttpApi
          Properties:
            ApiId: !Ref Orders
            Path: /orders
            Method: GET
//- /web/orders.ts
export const all = () => fetch(import.meta.env.VITE_ORDERS_URL + "/orders");
`;
    await check(rule, template("www.acmecorp.com", `\n#       ^^^^^^^^^^^^ ${says}`));
    await check(rule, template("acmecorp.com"));
    await check(rule, template("!Ref Domain"));
  });
});
