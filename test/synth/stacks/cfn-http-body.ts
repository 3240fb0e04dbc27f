import { Stack } from "aws-cdk-lib";
import { CfnApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";

export class DocumentStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnApi(this, "FromDocument", {
      body: {
        openapi: "3.0.1",
        info: { title: "document" },
        paths: {},
        "x-amazon-apigateway-cors": { allowOrigins: ["https://app.example.com"] },
      },
    });
    new CfnApi(this, "FromBucket", {
      bodyS3Location: { bucket: "definitions", key: "openapi.json" },
    });
    new CfnApi(this, "Quick", {
      name: "quick",
      protocolType: "HTTP",
      target: "https://upstream.example.com",
    });
  }
}
