// Ways that leave before an exception that all others meet.
exports.handler = async (event) => {
  const headers = { "Access-Control-Allow-Origin": "*" };
  let status = 200;
  try {
    for (const _ of JSON.parse("[1]")) {
      switch (event.queryStringParameters.way) {
        case "ok":
          return { statusCode: 203, headers };
        case "teapot":
          status = 418;
          break;
      }
      if (status === 418) throw new Error("short and stout");
      throw new Error("no");
    }
  } catch (error) {
    if (event.body) throw error;
  }
  return { statusCode: status, headers };
};
