const headers = { "Access-Control-Allow-Origin": "https://app.example.com", "Access-Control-Allow-Credentials": "true" };

export const handler = async (): Promise<{ statusCode: number; headers: Record<string, string>; body: string }> => ({
  statusCode: 200,
  headers,
  body: "[]",
});
