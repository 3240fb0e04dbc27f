class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
  toAnswer(headers: Record<string, string> = {}) {
    return { statusCode: this.status, headers, body: this.message };
  }
}

class NotFound extends HttpError {
  constructor() {
    super(404, "nothing here");
  }
  override toAnswer() {
    return super.toAnswer({ "Access-Control-Allow-Origin": "*" });
  }
}

function work(way: string | undefined): string {
  if (way === "missing") throw new NotFound();
  if (way === "teapot") throw new HttpError(418, "short and stout");
  if (way === "boom") throw new Error("boom");
  return "[]";
}

export const handler = async (event: { queryStringParameters: { way?: string } }) => {
  try {
    const body = work(event.queryStringParameters.way);
    return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body };
  } catch (error) {
    if (error instanceof HttpError) return error.toAnswer();
    return { statusCode: 500, headers: { Vary: "Origin" }, body: "" };
  }
};
