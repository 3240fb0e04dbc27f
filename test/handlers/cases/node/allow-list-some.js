const allowed = ["https://shop.example.com", "https://admin.example.com"];

exports.handler = async (event) => {
  const origin = event.headers.origin;
  if (allowed.some((one) => one === origin)) {
    return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } };
  }
  return { statusCode: 200, headers: {} };
};
