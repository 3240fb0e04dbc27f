import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import type { Construct } from "constructs";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";

export class MachineStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stateMachine = new sfn.StateMachine(this, "Machine", {
      stateMachineType: sfn.StateMachineType.EXPRESS,
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(this, "Pass")),
    });
    new apigateway.StepFunctionsRestApi(this, "Api", {
      stateMachine,
      deploy: true,
      defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },
    });
  }
}
