exports.handler = (event) =>
  new Promise((resolve, reject) => {
    if (event.queryStringParameters.way === "boom") return reject(new Error("boom"));
    if (event.queryStringParameters.way === "missing") return resolve({ statusCode: 404 });
    setTimeout(() => resolve({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } }), 0);
  });
