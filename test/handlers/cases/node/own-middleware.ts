type Event = { httpMethod: string; queryStringParameters: { way?: string } };
type Answer = { statusCode: number; headers?: Record<string, string>; body: string };
interface Hooks {
  before?: (event: Event) => Promise<Answer | void>;
  after?: (answer: Answer) => void;
  onError?: (error: unknown) => Answer | undefined;
}

function wrap(inner: (event: Event) => Promise<Answer>) {
  const hooks: Hooks[] = [];
  const run = async (event: Event): Promise<Answer> => {
    let answer: Answer | undefined;
    try {
      for (const { before } of hooks) {
        const early = await before?.(event);
        if (early) return early;
      }
      answer = await inner(event);
    } catch (error) {
      for (const { onError } of hooks) answer ??= onError?.(error);
      if (!answer) throw error;
    }
    for (const { after } of hooks) after?.(answer);
    return answer;
  };
  return {
    run,
    use(hook: Hooks) {
      hooks.push(hook);
      return this;
    },
  };
}

const wrapped = wrap(async (event) => {
  if (event.queryStringParameters.way === "boom") throw new Error("boom");
  return { statusCode: 200, body: "[]" };
});
wrapped.use({ before: async ({ httpMethod }) => (httpMethod === "OPTIONS" ? { statusCode: 204, body: "" } : undefined) });
wrapped.use({
  after: (answer) => {
    answer.headers = { ...answer.headers, "Access-Control-Allow-Origin": "*" };
  },
  onError: () => ({ statusCode: 500, body: "" }),
});

export const handler = (event: Event) => wrapped.run(event);
