exports.handler = async (event) => {
  if (event.queryStringParameters.way === "ok") return { headers: { "Access-Control-Allow-Origin": "*" }, body: "fine" };
  return { statusCode: 200, body: "fine" };
};
