import { Router } from "@aws-lambda-powertools/event-handler/http";
import { cors } from "@aws-lambda-powertools/event-handler/http/middleware";

const app = new Router();
app.get("/orders", (context) => {
  if (new URL(context.req.url).searchParams.get("way") === "boom") throw new Error("boom");
  return [];
});
app.use(cors({ origin: "https://shop.example.com" }));

export const handler = async (event, context) => app.resolve(event, context);
