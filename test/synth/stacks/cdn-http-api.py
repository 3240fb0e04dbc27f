from aws_cdk import Fn, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct


class SiteStack(Stack):
    """Pages and API behind one distribution."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        api = apigwv2.HttpApi(self, "Api")
        api.add_routes(path="/api/{proxy+}", integration=HttpLambdaIntegration("I", fn))
        bucket = s3.Bucket(self, "Pages")
        cloudfront.Distribution(
            self,
            "Cdn",
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(bucket)
            ),
            additional_behaviors={
                "/api/*": cloudfront.BehaviorOptions(
                    origin=origins.HttpOrigin(f"{api.api_id}.execute-api.{self.region}.amazonaws.com"),
                    allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                    cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                    origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
                ),
                "/old_api/*": cloudfront.BehaviorOptions(
                    origin=origins.HttpOrigin(Fn.select(2, Fn.split("/", api.api_endpoint))),
                    origin_request_policy=cloudfront.OriginRequestPolicy.USER_AGENT_REFERER_HEADERS,
                ),
            },
        )
