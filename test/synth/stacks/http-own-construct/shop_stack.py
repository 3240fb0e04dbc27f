from typing import List

from aws_cdk import Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2 import HttpMethod
from constructs import Construct
from web_api import WebApi


class ShopStack(Stack):
    def __init__(self, scope: Construct, id: str, *, origins: List[str], credentials: bool, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        web = WebApi(self, "Web", allowed_origins=origins, with_credentials=credentials)
        web.route(HttpMethod.GET, "/products", self._handler("Products"))
        web.route(HttpMethod.PUT, "/basket", self._handler("Basket"))

    def _handler(self, name: str) -> lambda_.IFunction:
        return lambda_.Function(
            self,
            name,
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
