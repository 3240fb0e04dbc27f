const { readFile } = require("node:fs/promises");

exports.handler = (event) => {
  const file = event.queryStringParameters.way === "missing" ? `${__filename}.none` : __filename;
  return readFile(file, "utf8").then(
    (text) => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://shop.example.com" }, body: text }),
    () => ({ statusCode: 404, headers: { "Access-Control-Allow-Origin": "https://admin.example.com" } }),
  );
};
