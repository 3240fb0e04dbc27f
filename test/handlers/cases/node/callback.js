exports.handler = function (event, context, callback) {
  if (event.queryStringParameters.way === "boom") {
    callback(new Error("boom"));
    return;
  }
  if (event.queryStringParameters.way === "missing") {
    callback(null, { statusCode: 404, body: "" });
    return;
  }
  callback(null, { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "{}" });
};
