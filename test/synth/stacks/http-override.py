from aws_cdk import Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct


class OverrideStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        api = apigwv2.HttpApi(
            self,
            "Api",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=["https://old.example.com"],
                allow_methods=[apigwv2.CorsHttpMethod.GET],
                allow_headers=["content-type"],
            ),
        )
        api.add_routes(
            path="/x", methods=[apigwv2.HttpMethod.GET], integration=HttpLambdaIntegration("X", fn)
        )
        cfn_api = api.node.default_child
        cfn_api.add_property_override(
            "CorsConfiguration.AllowOrigins", ["https://new.example.com", "https://*.example.org"]
        )
        cfn_api.add_property_override("CorsConfiguration.AllowCredentials", True)
        cfn_api.add_property_override("CorsConfiguration.MaxAge", 600)
        cfn_api.add_property_deletion_override("CorsConfiguration.AllowHeaders")
