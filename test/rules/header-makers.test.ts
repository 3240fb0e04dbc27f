import { check } from "./check";

/** Functions that only make headers, for handlers which cannot be followed to the end. */
describe("functions that make CORS headers", () => {
  it("are judged for what they say, behind code that is not seen", async () => {
    await check(
      ["origin-check-bypassable", "vary-origin-missing", "reflected-origin-unchecked"],
      `
//- /lambda/stream.ts
import { allowedHosts } from "./generated/hosts";
function headersFor(event: any) {
  const origin = event.headers?.origin || "*";
  const allowed = allowedHosts.some((host: string) => origin.includes(host)) ? origin : "https://www.example.com";
                                                      ^^^^^^^^^^^^^^^^^^^^^ The browser lets a look-alike site read this response.
  return { "Access-Control-Allow-Origin": allowed };
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser may reuse this response, from a cache,
                                         ^^^< The origin is sent back here.
}
export const run = (event: any, stream: any) => stream.begin(200, headersFor(event));
`,
    );
  });

  it("are silent when the origin is compared exactly and caches are told", async () => {
    await check(
      [
        "origin-check-bypassable",
        "vary-origin-missing",
        "reflected-origin-unchecked",
        "error-response-without-allow-origin",
      ],
      `
#- /lambda/stream.py
ALLOWED = ["https://www.example.com"]
def cors_headers(origin):
    if origin in ALLOWED:
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    return {}
def run(event, stream):
    stream.begin(500, cors_headers(event["headers"].get("origin")))
`,
    );
  });

  it("are judged once, when a handler is known to send their headers", async () => {
    await check(
      ["vary-origin-missing"],
      `
#- /lambda/orders.py
def cors_headers(event):
    return {"Access-Control-Allow-Origin": event["headers"].get("origin")}
def handler(event, context):
    return {"statusCode": 200, "headers": {**cors_headers(event), "Vary": "Origin"}}
`,
    );
  });
});
