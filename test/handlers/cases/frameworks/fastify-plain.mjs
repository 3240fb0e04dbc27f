import awsLambdaFastify from "@fastify/aws-lambda";
import Fastify from "fastify";

const app = Fastify({ logger: false });
app.get("/orders", async () => []);

export const handler = awsLambdaFastify(app);
