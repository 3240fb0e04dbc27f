import { App, Stack, Stage, StageProps } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";

interface ApiStageProps extends StageProps {
  readonly origin: string;
}

class ApiStack extends Stack {
  readonly httpApi: HttpApi;

  constructor(
    scope: Construct,
    id: string,
    private readonly origin: string,
  ) {
    super(scope, id);
    this.httpApi = this.createApi();
  }

  private createApi(): HttpApi {
    return new HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: [this.origin],
        allowMethods: [CorsHttpMethod.GET],
        allowHeaders: ["content-type"],
      },
    });
  }
}

class ApiStage extends Stage {
  constructor(scope: Construct, id: string, props: ApiStageProps) {
    super(scope, id, props);
    new ApiStack(this, "Api", props.origin);
  }
}

export const app = new App();
new ApiStage(app, "Prod", { origin: "https://app.example.com" });
