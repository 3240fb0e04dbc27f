const origins = ["https://shop.example.com", "https://admin.example.com"];

exports.handler = async (event) => {
  const allowed = origins.find((o) => o === event.headers.origin);
  if (!allowed) return { statusCode: 403, body: "no" };
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": allowed } };
};
