enum Status {
  Ok = 200,
  NotFound = 404,
  Teapot = 418,
}

const messages = { [Status.NotFound]: "missing", [Status.Teapot]: "teapot" } as const;

interface Options {
  readonly headers?: Record<string, string>;
  readonly onError?: (status: Status) => { statusCode: number; headers: Record<string, string>; body: string };
}

function answer(status: Status, { headers = { "Access-Control-Allow-Origin": "*" }, onError }: Options = {}) {
  if (status === Status.Ok) return { statusCode: status, headers, body: "[]" };
  return onError?.(status) ?? { statusCode: status, headers, body: messages[status] };
}

export const handler = async (event: { queryStringParameters: { way?: string } }) => {
  switch (event.queryStringParameters.way) {
    case "missing":
      return answer(Status.NotFound);
    case "teapot":
      return answer(Status.Teapot, {
        onError: (statusCode) => ({ statusCode, headers: { Vary: "Origin" }, body: "" }),
      });
    case "boom":
      return answer(Status.Ok, { headers: {} });
    default:
      return answer(Status.Ok);
  }
};
