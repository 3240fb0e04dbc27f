const allowed = ["https://shop.example.com", "https://admin.example.com"];

exports.handler = async (event) => {
  const [match] = allowed.filter((one) => one === event.headers.origin);
  return { statusCode: 200, headers: match ? { "Access-Control-Allow-Origin": match } : {} };
};
