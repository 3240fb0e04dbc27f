const { send, HEADERS } = require("./lib/send");
const cors = require("./lib/cors");

module.exports = {
  handler: async (event) => {
    if (event.httpMethod === "OPTIONS") return cors();
    if (event.queryStringParameters.way === "missing") return { ...send(404), headers: { ...HEADERS, Vary: "Origin" } };
    return send(200, event.path);
  },
};
