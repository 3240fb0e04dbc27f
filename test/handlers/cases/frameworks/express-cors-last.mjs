import cors from "cors";
import express from "express";
import serverless from "serverless-http";

const app = express();
app.get("/orders", (request, response) => response.json([]));
app.use(cors());

const inner = serverless(app);
export const handler = async (event, context) => {
  const result = await inner(event, context);
  return result;
};
