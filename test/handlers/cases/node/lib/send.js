const HEADERS = { "access-control-allow-origin": "https://shop.example.com" };

function send(statusCode, body) {
  const reply = { statusCode, headers: HEADERS };
  if (body) reply.body = body;
  return reply;
}

module.exports = { send, HEADERS };
