var allowed = "https://shop.example.com,https://admin.example.com".split(",");

module.exports.handler = async function (event) {
  var origin = event.headers["origin"];
  var header = allowed.indexOf(origin) !== -1 ? origin : "https://shop.example.com";
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": header } };
};
