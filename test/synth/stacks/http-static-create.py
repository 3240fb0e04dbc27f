from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct


class Defaults:
    """Options that every API of ours has."""

    headers = ["content-type", "authorization"]
    age = Duration.minutes(15)

    @classmethod
    def for_site(cls, site=None) -> dict:
        cors = {"allow_headers": cls.headers, "max_age": cls.age, "allow_methods": [apigwv2.CorsHttpMethod.ANY]}
        if site == "admin":
            return {**cors, "allow_origins": ["https://admin.example.com"], "allow_credentials": True}
        if site is None:
            return {**cors, "allow_origins": ["*"]}
        return {**cors, "allow_origins": [f"https://{site}.example.com"]}


class Api:
    def __init__(self, scope: Construct, name: str, cors: dict) -> None:
        self._http = apigwv2.HttpApi(scope, name, cors_preflight=apigwv2.CorsPreflightOptions(**cors))

    @staticmethod
    def create(scope: Construct, name: str, site=None) -> "Api":
        return Api(scope, name, Defaults.for_site(site))

    def get(self, path: str, fn: lambda_.IFunction) -> "Api":
        return self.on(apigwv2.HttpMethod.GET, path, fn)

    def on(self, method: apigwv2.HttpMethod, path: str, fn: lambda_.IFunction) -> "Api":
        self._http.add_routes(path=path, methods=[method], integration=HttpLambdaIntegration(f"{method}{path}", fn))
        return self


class FluentStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        Api.create(self, "Admin", "admin").get("/users", fn).on(apigwv2.HttpMethod.PUT, "/users", fn)
        Api.create(self, "Open").get("/status", fn)
        Api.create(self, "Shop", "shop").get("/products", fn)
