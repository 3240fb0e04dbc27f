import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { packedOurs } from "./packed";

/** A running stand-in for an npm registry. */
export interface Registry {
  /** Ends with `/`. */
  readonly url: string;
  /** The paths that it was asked for. */
  readonly asked: readonly string[];
  readonly stop: () => void;
}

/** Starts a registry on loopback that has one version of cors-lens: ours as packed, or another archive. */
export async function registryWith(version: string, archive?: string): Promise<Registry> {
  const script = path.join(__dirname, "registry.mjs");
  const bin = JSON.stringify({ bin: { "cors-lens": "dist/cli.js" } });
  const args = [script, "cors-lens", version, archive ?? packedOurs().archive, bin];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const asked: string[] = [];
  child.stderr.on("data", (data: Buffer) => {
    asked.push(...data.toString().split("\n").filter(Boolean));
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return {
    url: `http://127.0.0.1:${port.toString().trim()}/`,
    asked,
    stop: () => void child.kill(),
  };
}
