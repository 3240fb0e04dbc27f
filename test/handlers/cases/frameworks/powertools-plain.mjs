import { Router } from "@aws-lambda-powertools/event-handler/http";

const app = new Router();
app.get("/orders", () => []);

export const handler = async (event, context) => app.resolve(event, context);
