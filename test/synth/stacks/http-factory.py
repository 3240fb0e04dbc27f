from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct


def cors(*origins: str) -> apigwv2.CorsPreflightOptions:
    return apigwv2.CorsPreflightOptions(
        allow_origins=list(origins),
        allow_methods=[apigwv2.CorsHttpMethod.ANY],
        allow_headers=["*"],
        max_age=Duration.hours(1),
    )


def make_api(scope: Construct, name: str, origins=("https://a.example.com",)) -> apigwv2.HttpApi:
    return apigwv2.HttpApi(scope, name, cors_preflight=cors(*origins, "https://b.example.com"))


class FactoryStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        self.fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        self.first = make_api(self, "First")
        self._add_routes()
        second = make_api(self, "Second", [])
        self._connect(second, "/second")

    def _add_routes(self) -> None:
        self._connect(self.first, "/first")
        self._connect(self.first, "/third")

    def _connect(self, api: apigwv2.HttpApi, path: str) -> None:
        api.add_routes(
            path=path,
            methods=[apigwv2.HttpMethod.GET],
            integration=HttpLambdaIntegration(f"I{path}", self.fn),
        )
