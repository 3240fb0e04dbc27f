from aws_cdk import Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct


class UploadStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        uploads = s3.Bucket(
            self,
            "Uploads",
            cors=[
                s3.CorsRule(
                    allowed_methods=[s3.HttpMethods.PUT, s3.HttpMethods.POST],
                    allowed_origins=["https://app.example.com"],
                    allowed_headers=["*"],
                    exposed_headers=["ETag"],
                    max_age=3000,
                )
            ],
        )
        uploads.add_cors_rule(allowed_methods=[s3.HttpMethods.GET], allowed_origins=["*"])
        s3.Bucket(self, "Logs")
