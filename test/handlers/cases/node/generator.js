function* pairs() {
  yield ["Access-Control-Allow-Origin", "*"];
  yield ["Vary", "Origin"];
}

exports.handler = async () => ({ statusCode: 200, headers: Object.fromEntries(pairs()) });
