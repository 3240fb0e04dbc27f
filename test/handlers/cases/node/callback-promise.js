const cors = { "Access-Control-Allow-Origin": "*" };

async function main(event) {
  const { way } = event.queryStringParameters;
  if (way === "boom") throw new Error("boom");
  if (way === "missing") return { statusCode: 404, headers: cors, body: "" };
  return { statusCode: 200, headers: { ...cors, Vary: "Origin" }, body: "[]" };
}

module.exports.handler = (event, context, callback) => {
  main(event)
    .then((answer) => callback(null, answer))
    .catch(() => callback(null, { statusCode: 500, headers: {}, body: "" }));
};
