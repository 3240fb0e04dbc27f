from typing import List

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2 import CorsHttpMethod, CorsPreflightOptions, HttpApi, HttpMethod
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from config.cors import ALLOWED_HEADERS
from constructs import Construct


class WebApi(Construct):
    """The HTTP API that our pages call."""

    def __init__(self, scope: Construct, id: str, allowed_origins: List[str], with_credentials: bool = False) -> None:
        super().__init__(scope, id)
        self.api = HttpApi(
            self,
            "Http",
            cors_preflight=CorsPreflightOptions(
                allow_origins=allowed_origins,
                allow_credentials=with_credentials,
                allow_methods=[CorsHttpMethod.GET, CorsHttpMethod.PUT],
                allow_headers=ALLOWED_HEADERS,
                max_age=Duration.days(1),
            ),
        )

    def route(self, method: HttpMethod, path: str, fn: lambda_.IFunction) -> None:
        self.api.add_routes(path=path, methods=[method], integration=HttpLambdaIntegration(path, fn))
