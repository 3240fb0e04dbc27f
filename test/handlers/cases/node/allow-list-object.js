const allowed = { "https://shop.example.com": true, "https://admin.example.com": true };

exports.handler = async (event) => {
  const origin = event.headers.origin;
  const headers = {};
  if (allowed[origin]) headers["Access-Control-Allow-Origin"] = origin;
  return { statusCode: 200, headers };
};
