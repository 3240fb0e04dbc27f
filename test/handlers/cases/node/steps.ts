type Event = { httpMethod: string; queryStringParameters: { way?: string } };
type Answer = { statusCode: number; headers: Record<string, string>; body: string };
type Step = (event: Event) => Promise<Answer | undefined>;

const cors = { "Access-Control-Allow-Origin": "*" };
const preflight: Step = async ({ httpMethod }) =>
  httpMethod === "OPTIONS" ? { statusCode: 204, headers: cors, body: "" } : undefined;
const refuse: Step = async ({ queryStringParameters }) =>
  queryStringParameters.way === "teapot" ? { statusCode: 418, headers: {}, body: "" } : undefined;

const steps: Step[] = [preflight, refuse];

export const handler = async (event: Event): Promise<Answer> => {
  for (const step of steps) {
    const answer = await step(event);
    if (answer) return answer;
  }
  switch (true) {
    case event.queryStringParameters.way === "missing":
      return { statusCode: 404, headers: cors, body: "" };
    default:
      return { statusCode: 200, headers: { ...cors, Vary: "Origin" }, body: "[]" };
  }
};
