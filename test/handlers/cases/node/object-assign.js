const base = Object.freeze({ "Access-Control-Allow-Origin": "*" });

const make = (statusCode, more) => Object.assign({ statusCode, headers: Object.assign({}, base) }, more);

exports.handler = async (event) => {
  if (event.queryStringParameters.way === "missing") return make(404, { headers: {} });
  return make(200, { body: "x" });
};
