exports.handler = (event, context, callback) => {
  const done = (err, res) =>
    callback(null, {
      statusCode: err ? "400" : "200",
      body: err ? err.message : JSON.stringify(res),
      headers: { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" },
    });
  switch (event.httpMethod) {
    case "GET":
      done(null, []);
      break;
    case "DELETE":
      done(null, {});
      break;
    default:
      done(new Error(`Unsupported method "${event.httpMethod}"`));
  }
};
