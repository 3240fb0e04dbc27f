const lower = (headers) => Object.fromEntries(Object.entries(headers || {}).map(([k, v]) => [k.toLowerCase(), v]));

exports.handler = async (event) => {
  const { origin } = lower(event.headers);
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin || "*", Vary: "Origin" } };
};
