import os
from dataclasses import dataclass, field
from typing import List

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration

BASE_CORS = {
    "allow_methods": [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST],
    "allow_headers": ["Content-Type", "Authorization"],
    "max_age": Duration.hours(1),
}

ENVIRONMENTS = {
    "dev": {"origins": ["http://localhost:5173"], "credentials": False},
    "prod": {"origins": ["https://app.example.com"], "credentials": True},
}


@dataclass
class Settings:
    environment: str
    extra: str = ""
    tags: List[str] = field(default_factory=list)


class AppStack(cdk.Stack):
    def __init__(self, scope, construct_id, settings: Settings, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        chosen = ENVIRONMENTS[settings.environment]
        origins = list(chosen["origins"])
        if settings.extra:
            origins.append(settings.extra)
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
                **BASE_CORS, allow_origins=origins, allow_credentials=chosen["credentials"]
            ),
        )
        for path, method in {"/users": "GET", "/login": "POST"}.items():
            api.add_routes(
                path=path,
                methods=[apigwv2.HttpMethod[method]],
                integration=HttpLambdaIntegration(path[1:], fn),
            )
        cdk.Tags.of(self).add("app", os.environ.get("APP", "demo"))


app = cdk.App()
AppStack(app, "Dev", Settings(environment="dev", extra="https://preview.example.com"))
AppStack(app, "Prod", Settings("prod"))
app.synth()
