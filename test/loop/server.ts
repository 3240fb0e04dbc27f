/** The loopback server behind every name that the browser knows: pages, and one host for each deployment. */
import { createHash, createPublicKey } from "node:crypto";
import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { makeCertificates } from "../browser/certificate";
import type { FullRequest, WireAnswer } from "./events";
import type { Gateway } from "./gateway";

export interface LoopServer {
  readonly port: number;
  /** SHA-256 of its public key, in Base64. */
  readonly keyHash: string;
  /** Why a host could not answer, with the message. */
  readonly faults: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

export interface Sites {
  /** By host name. */
  readonly gateways: ReadonlyMap<string, Gateway>;
  /** Modules of pages by path; every other path of a page's host is an empty page. */
  readonly scripts: ReadonlyMap<string, string>;
}

export async function startServer(sites: Sites): Promise<LoopServer> {
  const faults = new Map<string, string>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = request.headers.host ?? "";
    const gateway = sites.gateways.get(host);
    if (!gateway) return page(request.url ?? "", sites.scripts, response);
    try {
      send(await gateway(await fullRequest(request)), response);
    } catch (error) {
      faults.set(host, error instanceof Error ? error.message : String(error));
      response.destroy();
    }
  };
  const { leaf } = makeCertificates(["localhost"]);
  const server = createServer({ ...leaf }, (request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    keyHash: createHash("sha256")
      .update(createPublicKey(leaf.cert).export({ type: "spki", format: "der" }))
      .digest("base64"),
    faults,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function page(url: string, scripts: ReadonlyMap<string, string>, response: ServerResponse): void {
  const script = scripts.get(url);
  const type = script === undefined ? "text/html" : "text/javascript";
  response.writeHead(200, { "content-type": type });
  response.end(script ?? "<!doctype html><title>page</title>");
}

async function fullRequest(request: IncomingMessage): Promise<FullRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const { rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );
  const method = request.method ?? "";
  return { method, path, query, headers, body: Buffer.concat(chunks).toString("utf8") };
}

function send({ status, headers, body }: WireAnswer, response: ServerResponse): void {
  response.writeHead(status, headers.flat());
  response.end(body);
}
