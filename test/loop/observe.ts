/** Serves every deployment, and lets one browser make all calls. */
import { openPages, type Visit, type Visited } from "./browser";
import type { Seen } from "./close";
import { gatewayOf, type Deployment, type Gateway } from "./gateway";
import { startRuntimes } from "./invoke";
import { startServer } from "./server";

export interface Sites {
  /** By host name. */
  readonly deployments: ReadonlyMap<string, Deployment>;
  /** Modules of pages by path. */
  readonly scripts: ReadonlyMap<string, string>;
}

/** The calls of a round begin when those of the round before have ended. */
export async function observe(
  { deployments, scripts }: Sites,
  rounds: readonly (readonly Visit[])[],
): Promise<Seen> {
  const runtimes = startRuntimes();
  const gateways = new Map<string, Gateway>();
  const doubts = new Map<string, Set<string>>();
  for (const [host, deployment] of deployments) {
    const own = new Set<string>();
    doubts.set(host, own);
    gateways.set(
      host,
      gatewayOf(deployment, runtimes, (because) => own.add(because)),
    );
  }
  const server = await startServer({ gateways, scripts });
  try {
    const pages = await openPages(server);
    try {
      const visited: Visited[] = [];
      for (const round of rounds) visited.push(...(await pages.visit(round)));
      return { visited, faults: server.faults, doubts };
    } finally {
      await pages.close();
    }
  } finally {
    await server.close();
    runtimes.close();
  }
}
