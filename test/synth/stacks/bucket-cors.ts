import { Stack } from "aws-cdk-lib";
import { Bucket, HttpMethods } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

export class UploadStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const uploads = new Bucket(this, "Uploads", {
      cors: [
        {
          allowedMethods: [HttpMethods.PUT, HttpMethods.POST],
          allowedOrigins: ["https://app.example.com"],
          allowedHeaders: ["*"],
          exposedHeaders: ["ETag"],
          maxAge: 3000,
        },
      ],
    });
    uploads.addCorsRule({ allowedMethods: [HttpMethods.GET], allowedOrigins: ["*"] });
    new Bucket(this, "Logs");
  }
}
