import awsLambdaFastify from "@fastify/aws-lambda";
import cors from "@fastify/cors";
import Fastify from "fastify";

const app = Fastify();
app.register(cors, { origin: false });
app.get("/orders", async () => []);

export const handler = awsLambdaFastify(app);
