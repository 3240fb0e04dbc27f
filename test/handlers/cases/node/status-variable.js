const { randomUUID } = require("crypto");

exports.handler = async (event) => {
  let body;
  let statusCode = "200";
  const headers = { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" };
  try {
    switch (event.httpMethod) {
      case "DELETE":
        body = `Deleted item ${event.pathParameters.id}`;
        break;
      case "GET":
        body = [];
        break;
      case "POST": {
        const request = JSON.parse(event.body);
        body = `Put item ${request.id ?? randomUUID()}`;
        break;
      }
      default:
        throw new Error(`Unsupported method: "${event.httpMethod}"`);
    }
  } catch (err) {
    statusCode = "400";
    body = err.message;
  } finally {
    body = JSON.stringify(body);
  }
  return { statusCode, body, headers };
};
