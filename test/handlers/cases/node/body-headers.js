exports.handler = async (event) => {
  if (event.httpMethod === "GET") {
    return { statusCode: 200, body: JSON.stringify({ ok: true, headers: { "Access-Control-Allow-Origin": "*" } }) };
  }
  return { statusCode: 200, body: JSON.stringify({ headers: {} }), headers: { "Access-Control-Allow-Origin": "*" } };
};
