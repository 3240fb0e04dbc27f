type Result<T> = { ok: true; value: T } | { ok: false; status: number; why: string };

const good = <T>(value: T): Result<T> => ({ ok: true, value });
const bad = (status: number, why: string): Result<never> => ({ ok: false, status, why });

function find(way: string | undefined): Result<string[]> {
  if (way === "missing") return bad(404, "missing");
  if (way === "teapot") return bad(418, "teapot");
  return good(["pen"]);
}

const answer = (result: Result<unknown>) =>
  result.ok
    ? { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: JSON.stringify(result.value) }
    : { statusCode: result.status, headers: {}, body: result.why };

export const handler = async (event: { queryStringParameters: { way?: string } }) =>
  answer(find(event.queryStringParameters.way));
