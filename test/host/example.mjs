// The example that people and pictures see first.
import path from "node:path";
import { projectFolder } from "./paths.mjs";

/** The article's application with its mistakes; both paths may be given on the command line instead. */
export function exampleToOpen([folder = "examples/acme-orders-ts", file = "lib/orders-stack.ts"]) {
  const absolute = path.resolve(projectFolder, folder);
  return { folder: absolute, file: path.join(absolute, file) };
}
