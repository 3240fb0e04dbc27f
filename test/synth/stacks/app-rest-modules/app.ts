import { App } from "aws-cdk-lib";
import { BackendStack } from "./lib/backend-stack";

export const app = new App();
new BackendStack(app, "Backend");
