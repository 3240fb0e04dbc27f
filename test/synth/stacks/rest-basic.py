from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class BooksStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        api = apigateway.RestApi(
            self,
            "Books",
            rest_api_name="books",
            default_cors_preflight_options=apigateway.CorsOptions(
                allow_origins=apigateway.Cors.ALL_ORIGINS,
                allow_methods=apigateway.Cors.ALL_METHODS,
                allow_headers=[*apigateway.Cors.DEFAULT_HEADERS, "X-Csrf-Token"],
            ),
        )
        books = api.root.add_resource("books")
        books.add_method("GET", apigateway.LambdaIntegration(fn))
        books.add_method("POST", apigateway.LambdaIntegration(fn), api_key_required=True)
        book = books.add_resource("{id}")
        book.add_method("DELETE", apigateway.LambdaIntegration(fn))
