from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


from enum import Enum

ORIGIN = "https://app.example.com"
METHODS = [method.strip() for method in "GET, POST".split(",")]


class Verb(str, Enum):
    READ = "GET"
    WRITE = "POST"


class Site:
    def __init__(self, name: str):
        self.name = name

    @property
    def url(self) -> str:
        return "https://%s.example.com" % self.name


class CorsMixin:
    def cors(self, *origins):
        return {"allow_origins": [*origins, ORIGIN], "allow_methods": METHODS, "status_code": 200}


class MixedStack(CorsMixin, Stack):
    def __init__(self, scope: Construct, id: str, *args, **kwargs) -> None:
        super().__init__(scope, id, *args, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        for index, site in enumerate(Site(name) for name in ("a", "b")):
            api = apigateway.RestApi(
                self,
                "Api" + str(index),
                default_cors_preflight_options=apigateway.CorsOptions(**self.cors(site.url)),
            )
            verb = Verb.READ if index == 0 else Verb.WRITE
            api.root.add_resource(site.name).add_method(verb.value, apigateway.LambdaIntegration(fn))
            api.add_gateway_response(
                "Errors",
                type=apigateway.ResponseType.of("DEFAULT_5XX"),
                response_headers={"Access-Control-Allow-Origin": "'{}'".format(site.url)},
            )
