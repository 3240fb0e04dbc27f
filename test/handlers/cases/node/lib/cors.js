module.exports = (origin = "*") => ({ statusCode: 204, headers: { "access-control-allow-origin": origin } });
