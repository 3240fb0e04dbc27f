import express from "express";
import serverless from "serverless-http";

const app = express();
app.use(express.json());
app.get("/orders", (request, response) => response.json([]));

export const handler = serverless(app);
