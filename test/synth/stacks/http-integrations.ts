import * as cdk from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import * as integrations from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as events from "aws-cdk-lib/aws-events";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as sqs from "aws-cdk-lib/aws-sqs";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";

export class IntegrationsStack extends cdk.Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new apigwv2.HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: ["https://app.example.com"],
        allowMethods: [apigwv2.CorsHttpMethod.POST, apigwv2.CorsHttpMethod.GET],
        allowHeaders: ["content-type"],
      },
    });
    const queue = new sqs.Queue(this, "Queue");
    const machine = new sfn.StateMachine(this, "Machine", {
      stateMachineType: sfn.StateMachineType.EXPRESS,
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(this, "Pass")),
    });
    api.addRoutes({
      path: "/proxy/{proxy+}",
      methods: [apigwv2.HttpMethod.GET],
      integration: new integrations.HttpUrlIntegration(
        "Url",
        "https://upstream.example.com/{proxy}",
      ),
    });
    api.addRoutes({
      path: "/queue",
      methods: [apigwv2.HttpMethod.POST],
      integration: new integrations.HttpSqsIntegration("Sqs", { queue }),
    });
    api.addRoutes({
      path: "/run",
      methods: [apigwv2.HttpMethod.POST],
      integration: new integrations.HttpStepFunctionsIntegration("Sfn", { stateMachine: machine }),
    });
    api.addRoutes({
      path: "/event",
      methods: [apigwv2.HttpMethod.POST],
      integration: new integrations.HttpEventBridgeIntegration("Bus", {
        eventBusRef: new events.EventBus(this, "EventBus").eventBusRef,
      }),
    });

    const connect = new lambda.Function(this, "Connect", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const socket = new apigwv2.WebSocketApi(this, "Socket", {
      connectRouteOptions: {
        integration: new integrations.WebSocketLambdaIntegration("C", connect),
      },
    });
    new apigwv2.WebSocketStage(this, "Stage", {
      webSocketApi: socket,
      stageName: "dev",
      autoDeploy: true,
    });
  }
}
