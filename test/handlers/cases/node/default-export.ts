import Api from "./lib/api";

const api = new Api();

api.get("/orders", () => api.reply(200, []));
api.del("/orders", () => ({ statusCode: 204 }));

export const handler = api.handler();
