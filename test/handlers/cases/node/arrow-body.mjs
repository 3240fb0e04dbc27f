const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": true };

export const handler = async () => ({ statusCode: 200, headers, body: "hello" });
