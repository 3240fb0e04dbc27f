/** What a probe costs: requests, and time over an endpoint that takes its time. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { outputAndTime } from "./measure";

/** Milliseconds that the endpoint takes to answer. */
const latency = 100;

const origin = "https://shop.example.com";

/** Probes a correct endpoint on loopback. */
export async function probeCost(
  cli: string,
): Promise<{ readonly requests: number; readonly took: number; readonly latency: number }> {
  const server = createServer((request, response) => {
    const allowed = request.headers.origin === origin;
    setTimeout(() => {
      response.setHeader("Vary", "Origin");
      if (allowed) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Methods", "GET,POST");
        response.setHeader("Access-Control-Allow-Headers", "content-type");
        response.setHeader("Access-Control-Max-Age", "600");
      }
      response.writeHead(request.method === "OPTIONS" ? 204 : 200).end();
    }, latency);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { stdout, took } = await outputAndTime([
    cli,
    "probe",
    `http://127.0.0.1:${port}/orders`,
    ...["--origin", origin, "--method", "GET", "--method", "POST"],
    ...["--header", "content-type", "--format", "json", "--fail-on", "never"],
  ]);
  server.close();
  const { requests } = JSON.parse(stdout) as { requests: number };
  return { requests, took, latency };
}
