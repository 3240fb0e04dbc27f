const list = ["content-type"];
list.push("authorization", "x-csrf-token");

exports.handler = async (event) => {
  const headers = new Map();
  headers.set("Access-Control-Allow-Origin", "*");
  if (event.httpMethod === "OPTIONS") headers.set("Access-Control-Allow-Headers", list.join(", "));
  return { statusCode: 200, headers: Object.fromEntries(headers) };
};
