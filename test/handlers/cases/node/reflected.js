exports.handler = async (event) => ({
  statusCode: 200,
  headers: {
    "Access-Control-Allow-Origin": event.headers.origin || "*",
    "Access-Control-Allow-Credentials": "true",
  },
});
