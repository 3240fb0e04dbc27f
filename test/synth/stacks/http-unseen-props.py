from aws_cdk import CfnParameter, Fn, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_ssm as ssm
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct


DEFAULT_ORIGINS = ["https://app.example.com"]


class EdgeStack(Stack):
    """Nothing here says who makes it with what."""

    def __init__(self, scope: Construct, id: str, cors_origins=None, stage=None, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        listed = CfnParameter(self, "Origins", type="CommaDelimitedList", default="https://x.example.com")
        api = apigwv2.HttpApi(
            self,
            "Api",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=cors_origins or DEFAULT_ORIGINS,
                allow_methods=[apigwv2.CorsHttpMethod.GET],
                allow_headers=["authorization"] if stage == "prod" else ["authorization", "x-debug"],
            ),
        )
        api.add_routes(path="/x", methods=[apigwv2.HttpMethod.GET], integration=HttpLambdaIntegration("X", fn))
        apigwv2.HttpApi(
            self,
            "Listed",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=listed.value_as_list,
                allow_methods=[apigwv2.CorsHttpMethod.GET],
                allow_headers=Fn.split(",", ssm.StringParameter.value_for_string_parameter(self, "/cors/headers")),
            ),
        )
