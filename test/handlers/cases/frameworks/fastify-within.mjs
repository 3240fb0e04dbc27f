import awsLambdaFastify from "@fastify/aws-lambda";
import cors from "@fastify/cors";
import Fastify from "fastify";

const app = Fastify();
app.register(async (inner) => {
  inner.register(cors, { origin: "https://shop.example.com" });
  inner.get("/users", async () => []);
});
app.get("/orders", async () => []);

export const handler = awsLambdaFastify(app);
