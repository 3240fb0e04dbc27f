// The exception finds what was written before it.
exports.handler = async (event) => {
  const headers = {};
  let status = 200;
  try {
    const order = JSON.parse(event.body ?? "{}");
    status = 404;
    headers["Access-Control-Allow-Origin"] = "*";
    JSON.parse(order.name === undefined ? "{" : "1");
    status = 201;
  } catch {
    // The status says it.
  }
  return { statusCode: status, headers };
};
