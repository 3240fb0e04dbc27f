const known = { ok: { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } } };

exports.handler = async (event) => known[event.queryStringParameters.way] || { statusCode: 400, body: "which way?" };
