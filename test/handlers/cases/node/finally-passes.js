// What `finally` writes is there where the exception is caught, and after a jump.
exports.handler = async (event) => {
  const headers = {};
  for (const _ of [1]) {
    try {
      if (event.queryStringParameters.way === "ok") continue;
    } finally {
      headers.Vary = "Origin";
    }
    try {
      JSON.parse(event.body ?? "1");
      if (event.body) {
        try {
          throw new Error("no");
        } catch {
          throw new Error("still no");
        } finally {
          headers["Access-Control-Allow-Origin"] = "*";
        }
      }
    } catch {
      return { statusCode: 500, headers };
    }
    if (event.queryStringParameters.way === "boom") throw new Error("boom");
  }
  return { statusCode: 200, headers };
};
