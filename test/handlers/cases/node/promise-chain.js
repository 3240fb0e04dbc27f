const load = (way) => (way === "boom" ? Promise.reject(new Error("boom")) : Promise.resolve({ way }));

exports.handler = (event) =>
  load(event.queryStringParameters.way)
    .then((order) => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: JSON.stringify(order) }))
    .catch((error) => ({ statusCode: 500, body: error.message }));
