import assert from "node:assert/strict";
import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { isForbiddenAddress, Resolver } from "../../server/src/probe/address";
import { parseResolve } from "../../server/src/probe/resolve";
import { HEAD_LIMIT } from "../../server/src/probe/http1";
import { send, trustStore, type TransportOptions } from "../../server/src/probe/transport";
import { judge, type HopResponses, type WireResponse } from "../../shared/src/browser";
import { makeCertificates } from "../browser/certificate";
import { differences, recordedCases } from "../browser/recorded";
import { response, startLoopback, type Loopback, type Respond } from "./loopback";

const certificates = makeCertificates(["localhost", "127.0.0.1", "api.example.com"]);
const secureContext = trustStore(certificates.ca);
const typed = new Set(["127.0.0.1", "localhost"]);
const options = (change: Partial<TransportOptions> = {}): TransportOptions => ({
  resolver: new Resolver([], typed),
  secureContext,
  timeout: 5000,
  ...change,
});
const get = (url: string) => ({ method: "GET", url, headers: [] });

describe("transport", () => {
  let server: Loopback | undefined;
  const start = async (respond: Respond, tls = false) => {
    server = await startLoopback(respond, tls ? certificates.leaf : undefined);
    return `${tls ? "https" : "http"}://127.0.0.1:${String(server.port)}`;
  };
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it("reads every recorded head so that the verdict stays Chromium's", async function () {
    this.timeout(120_000);
    const cases = [...recordedCases, ...differences];
    const hopsOf = (index: number) => {
      const recorded = cases[index];
      assert.ok(recorded !== undefined);
      return [recorded, ...(recorded.redirectHops ?? [])];
    };
    const base = await start(({ path }) => {
      const [, index = "", hop = "", which = ""] = path.split("/");
      const pair = hopsOf(Number(index))[Number(hop)];
      const recorded = which === "p" ? pair?.preflightResponse : pair?.actualResponse;
      return rawHead(recorded ?? { status: 500, headers: [] });
    });
    const fetched = async (index: number, hop: number, which: string): Promise<WireResponse> => {
      const url = `${base}/${String(index)}/${String(hop)}/${which}`;
      const { response: head, failure } = await send(get(url), options());
      assert.ok(head !== null, `${url}: ${String(failure?.netError)}`);
      return head;
    };
    const fetchedHop = async (index: number, hop: number): Promise<HopResponses> => ({
      preflightResponse: await fetched(index, hop, "p"),
      actualResponse: await fetched(index, hop, "a"),
    });
    const wrong: string[] = [];
    const queue = [...cases.keys()];
    const work = async () => {
      for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
        const recorded = cases[index];
        if (recorded === undefined) continue;
        const own = index;
        const [first, ...redirectHops] = await Promise.all(
          hopsOf(own).map((_, hop) => fetchedHop(own, hop)),
        );
        assert.ok(first !== undefined);
        const judged = judge({ request: recorded.request, ...first, redirectHops });
        const wanted = "verdict" in recorded ? recorded : recorded.chromium156;
        if (judged.verdict !== wanted.verdict || judged.blockedAt !== wanted.blockedAt) {
          wrong.push(recorded.id);
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    assert.deepEqual(wrong, []);
  });

  it("writes the request as it is told", async () => {
    const base = await start(() => response(204));
    const request = {
      method: "OPTIONS",
      url: `${base}/a?b=c`,
      headers: [["Origin", "null"]] as const,
    };
    const { response: head, address } = await send(request, options());
    assert.equal(head?.status, 204);
    assert.equal(address, "127.0.0.1");
    const [received] = server?.received ?? [];
    assert.equal(received?.method, "OPTIONS");
    assert.equal(received.path, "/a?b=c");
    assert.deepEqual(
      received.headers.map(([name]) => name),
      ["Host", "Connection", "Origin"],
    );
  });

  it("speaks TLS and verifies the certificate", async () => {
    const base = await start(() => response(200), true);
    const trusted = await send(get(base), options());
    assert.equal(trusted.response?.status, 200);
    const stranger = await send(get(base), options({ secureContext: trustStore() }));
    assert.equal(stranger.failure?.kind, "tls");
    assert.equal(stranger.failure.netError, "net::ERR_CERT_AUTHORITY_INVALID");
    const [override] = parseResolve(`other.example:${String(server?.port)}:127.0.0.1`) ?? [];
    assert.ok(override !== undefined);
    const resolver = new Resolver([override], typed);
    const misnamed = await send(
      get(`https://other.example:${String(server?.port)}/`),
      options({ resolver }),
    );
    assert.equal(misnamed.failure?.netError, "net::ERR_CERT_COMMON_NAME_INVALID");
  });

  it("says that an expired certificate is expired", async () => {
    const expired = makeCertificates(["127.0.0.1"], -1);
    server = await startLoopback(() => response(200), expired.leaf);
    const url = `https://127.0.0.1:${String(server.port)}/`;
    const { failure } = await send(get(url), options({ secureContext: trustStore(expired.ca) }));
    assert.equal(failure?.netError, "net::ERR_CERT_DATE_INVALID");
  });

  it("speaks HTTP/2 and keeps repeated headers apart", async () => {
    const h2 = createSecureServer({ ...certificates.leaf, allowHTTP1: false });
    h2.on("stream", (stream) => {
      stream.additionalHeaders({ ":status": 103, link: "</x>" });
      const twice = Object.fromEntries([["access-control-allow-origin", ["a", "b"]]]);
      stream.respond({ ":status": 200, ...twice });
      stream.end("body");
    });
    await new Promise<void>((resolve) => h2.listen(0, "127.0.0.1", resolve));
    const { port } = h2.address() as AddressInfo;
    const { response: head } = await send(get(`https://127.0.0.1:${String(port)}/`), options());
    h2.close();
    assert.equal(head?.protocol, "h2");
    assert.equal(head.status, 200);
    assert.deepEqual(
      head.headers
        .filter(([name]) => name === "access-control-allow-origin")
        .map(([, value]) => value),
      ["a", "b"],
    );
  });

  it("says what HTTP/2 cannot carry, and carries every other name", async () => {
    const h2 = createSecureServer({ ...certificates.leaf, allowHTTP1: false });
    const seen: string[] = [];
    h2.on("stream", (stream, headers) => {
      seen.push(...Object.keys(headers));
      stream.respond({ ":status": 200 });
      stream.end();
    });
    await new Promise<void>((resolve) => h2.listen(0, "127.0.0.1", resolve));
    const url = `https://127.0.0.1:${String((h2.address() as AddressInfo).port)}/`;
    const asking = (name: string, value: string) =>
      send({ method: "GET", url, headers: [[name, value]] }, options());
    for (const [name, value] of [
      ["HTTP2-Settings", "x"],
      ["Connection", "x"],
      ["Upgrade", "x"],
      ["TE", "gzip"],
      ["Transfer-Encoding", "chunked"],
      ["Keep-Alive", "1"],
      ["Proxy-Connection", "x"],
    ] as const) {
      const { failure } = await asking(name, value);
      assert.equal(failure?.kind, "refused", name);
      assert.match(failure.reason, /^HTTP\/2 cannot carry this request/);
    }
    for (const name of ["__proto__", "constructor", "x'y", "content-length", "expect", "cookie"]) {
      const { failure, response } = await asking(name, "1");
      assert.ok(response?.status === 200 || failure !== null, name);
    }
    assert.ok(seen.includes("__proto__"));
    h2.close();
  });

  it("gives up on an endless head, a silent server, a reset, an empty answer", async () => {
    const endless = await start((_request, socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const more = () => {
        while (!socket.destroyed && socket.write(`X-Pad: ${"a".repeat(4096)}\r\n`));
      };
      socket.on("drain", more);
      more();
      return null;
    });
    assert.equal((await send(get(endless), options())).failure?.kind, "head-too-large");
    await server?.close();

    const silent = await start(() => null);
    const quick = await send(get(silent), options({ timeout: 50 }));
    assert.equal(quick.failure?.kind, "timeout");
    await server?.close();

    const reset = await start((_request, socket) => {
      socket.resetAndDestroy();
      return null;
    });
    assert.equal((await send(get(reset), options())).failure?.kind, "reset");
    await server?.close();

    const empty = await start(() => "");
    assert.equal((await send(get(empty), options())).failure?.netError, "net::ERR_EMPTY_RESPONSE");
  });

  it("reads a head of nearly the limit and never the body", async () => {
    const big = "a".repeat(HEAD_LIMIT - 200);
    const base = await start(() => `HTTP/1.1 200 OK\r\nX: ${big}\r\n\r\n${"b".repeat(1e6)}`);
    const { response: head } = await send(get(base), options());
    assert.equal(head?.headers[0]?.[1].length, big.length);
  });

  it("is cancelled at once", async () => {
    const controller = new AbortController();
    const base = await start(() => {
      controller.abort();
      return null;
    });
    const { failure } = await send(get(base), options({ signal: controller.signal }));
    assert.equal(failure?.kind, "cancelled");
  });

  it("says that nobody listens", async () => {
    const base = await start(() => null);
    await server?.close();
    const { failure } = await send(get(base), options());
    assert.equal(failure?.netError, "net::ERR_CONNECTION_REFUSED");
  });
});

describe("addresses", () => {
  const asked = async (url: string, resolver = new Resolver([], typed)) =>
    (await send(get(url), options({ resolver }))).failure;

  it("that are never probed", async () => {
    const forbidden = [
      "169.254.169.254",
      "0.0.0.0",
      "224.0.0.1",
      "255.255.255.255",
      "100.100.100.200",
      "fe80::1",
      "fe80::1%eth0",
      "fd00:ec2::254",
      "ff02::1",
      "::",
      "::ffff:169.254.169.254",
      "::ffff:a9fe:a9fe",
      "::a9fe:a9fe",
      "64:ff9b::169.254.169.254",
      "64:ff9b:1::a9fe:a9fe",
      "2002:a9fe:a9fe::1",
      "fd20:ce::254",
      "192.0.0.192",
      "168.63.129.16",
    ];
    for (const address of forbidden) assert.ok(isForbiddenAddress(address), address);
    for (const address of [
      "127.0.0.1",
      "10.0.0.1",
      "8.8.8.8",
      "::1",
      "2606::1",
      "fd00::1",
      "64:ff9b::1.1.1.1",
    ]) {
      assert.ok(!isForbiddenAddress(address), address);
    }
    for (const host of [
      "169.254.169.254",
      "0xa9fea9fe",
      "metadata.google.internal",
      "[fd00:ec2::254]",
      "2852039166",
      "0251.0376.0251.0376",
      "169.254.169.254.",
      "[::ffff:169.254.169.254]",
      "[64:ff9b::a9fe:a9fe]",
    ]) {
      assert.equal((await asked(`http://${host}/latest`))?.kind, "refused", host);
    }
  });

  it("of private networks are probed only when typed", async () => {
    assert.equal((await asked("http://127.0.0.2:8000/"))?.kind, "refused");
    for (const host of [
      "[::ffff:10.0.0.1]",
      "[::7f00:1]",
      "[64:ff9b::10.0.0.1]",
      "[2002:c0a8:1::1]",
    ])
      assert.equal((await asked(`http://${host}:8000/`))?.kind, "refused", host);
    assert.equal((await asked("http://127.1:6000/"))?.netError, "net::ERR_UNSAFE_PORT");
  });

  it("given by hand are read in curl's spelling", () => {
    const [override] = parseResolve("api.example.com:443:127.0.0.1") ?? [];
    assert.deepEqual(override, { host: "api.example.com", port: 443, address: "127.0.0.1" });
    assert.deepEqual(parseResolve("[::1]:80:[::1]"), [{ host: "[::1]", port: 80, address: "::1" }]);
    for (const bad of ["", "a:b:c", "a:80:name", "a:80"])
      assert.equal(parseResolve(bad), null, bad);
  });

  it("that no name server knows are an error, not a hang", async () => {
    const failure = await asked("http://nobody.cors-probe.invalid/");
    assert.equal(failure?.netError, "net::ERR_NAME_NOT_RESOLVED");
  });
});

function rawHead(recorded: WireResponse): string {
  if (recorded.rawHead !== undefined) return recorded.rawHead;
  const lines = recorded.headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${String(recorded.status)} X\r\n${lines.join("")}\r\n`;
}
