// A stand-in for an npm registry with one package, as a process of its own so that tests may wait for programs that ask it.
// Prints its port; writes each path that it was asked for as a line to standard error.
//   node registry.mjs <name> <version> <tarball> <manifest>
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const [, , name, version, tarball, manifest] = process.argv;
const bytes = readFileSync(tarball);
const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;

const server = createServer((request, response) => {
  console.error(request.url);
  const origin = `http://127.0.0.1:${String(server.address().port)}`;
  if (request.url === `/${name}`) {
    const dist = { tarball: `${origin}/${name}/-/${name}-${version}.tgz`, integrity };
    const versions = { [version]: { ...JSON.parse(manifest), name, version, dist } };
    response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
  } else if (request.url === `/${name}/-/${name}-${version}.tgz`) {
    response.end(bytes);
  } else {
    response.writeHead(404).end("{}");
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
