const headers = { "Content-Type": "application/json" };

exports.handler = async (event) => {
  if (event.headers.origin === "https://shop.example.com") {
    headers["Access-Control-Allow-Origin"] = event.headers.origin;
  }
  return { statusCode: 200, headers };
};
