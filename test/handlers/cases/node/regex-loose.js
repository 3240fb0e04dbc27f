exports.handler = async (event) => {
  const origin = event.headers.origin || "";
  const matched = origin.match(/example.com/);
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": matched ? origin : "https://shop.example.com" } };
};
