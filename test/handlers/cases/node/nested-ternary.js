exports.handler = async (event) => ({
  statusCode: event.queryStringParameters.way === "ok" ? 200 : event.queryStringParameters.way === "missing" ? 404 : 500,
  headers: event.httpMethod === "OPTIONS" ? { "access-control-allow-origin": "*" } : {},
});
