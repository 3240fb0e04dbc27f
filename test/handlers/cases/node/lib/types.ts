export interface Event {
  httpMethod: string;
  path: string;
  rawPath: string;
  routeKey: string;
  headers: Record<string, string | undefined>;
  queryStringParameters: Record<string, string | undefined>;
  pathParameters: Record<string, string | undefined>;
  requestContext: { http: { method: string; path: string }; requestId: string };
  body: string | null;
}

export interface Reply {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  multiValueHeaders?: Record<string, string[]>;
  body?: string;
}
