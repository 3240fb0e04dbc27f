exports.handler = async (event) => {
  let origin;
  switch (event.headers.origin) {
    case "https://shop.example.com":
    case "https://admin.example.com":
      origin = event.headers.origin;
      break;
    case "http://localhost:5173":
      origin = "http://localhost:5173";
  }
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin ?? "https://shop.example.com" } };
};
