import awsLambdaFastify from "@fastify/aws-lambda";
import cors from "@fastify/cors";
import Fastify from "fastify";

const app = Fastify();
app.register(cors, {
  origin: "https://admin.example.com",
  delegator: (request, callback) => callback(null, { origin: "https://shop.example.com" }),
});
app.get("/orders", async () => []);

export const handler = awsLambdaFastify(app);
