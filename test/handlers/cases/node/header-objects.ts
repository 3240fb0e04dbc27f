const cors: Record<string, string> = {
  "Access-Control-Allow-Origin": "https://shop.example.com",
  "Access-Control-Allow-Methods": "GET",
};

export const handler = async (event: { queryStringParameters: { way?: string } }) => {
  const { way } = event.queryStringParameters;
  if (way === "missing") {
    const headers = new Headers();
    headers.set("access-control-allow-origin", "https://shop.example.com");
    headers.append("vary", "Origin");
    return { statusCode: 404, headers: Object.fromEntries(headers), body: "" };
  }
  if (way === "teapot") {
    const headers: Record<string, string> = {};
    Object.entries(cors).forEach(([name, value]) => {
      headers[name.toLowerCase()] = value;
    });
    return { statusCode: 418, headers, body: "" };
  }
  const headers = Object.keys(cors).reduce<Record<string, string>>(
    (all, name) => ({ ...all, [name]: cors[name] ?? "" }),
    { "Content-Type": "application/json" },
  );
  return { statusCode: 200, headers: structuredClone(headers), body: "[]" };
};
