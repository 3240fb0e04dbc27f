import express from "express";
import serverless from "serverless-http";

const app = express();
app.use((request, response, next) => {
  response.setHeader("Access-Control-Allow-Origin", "*");
  next();
});
app.get("/orders", (request, response) => response.json([]));

export const handler = serverless(app);
