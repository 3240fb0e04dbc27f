from aws_cdk import Stack
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class RoutesStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        http_api = gateway.HttpApi(self, "Http", default_authorizer=authorizers.HttpIamAuthorizer())
        integration = integrations.HttpLambdaIntegration(
            "I", fn, payload_format_version=gateway.PayloadFormatVersion.VERSION_1_0
        )
        gateway.HttpRoute(
            self,
            "List",
            http_api=http_api,
            route_key=gateway.HttpRouteKey.with_("/items", gateway.HttpMethod.GET),
            integration=integration,
        )
        gateway.HttpRoute(
            self,
            "Preflight",
            http_api=http_api,
            route_key=gateway.HttpRouteKey.with_("/items", gateway.HttpMethod.OPTIONS),
            integration=integration,
            authorizer=gateway.HttpNoneAuthorizer(),
        )
        gateway.HttpRoute(
            self, "Rest", http_api=http_api, route_key=gateway.HttpRouteKey.DEFAULT, integration=integration
        )
