/** Serves every deployment, and lets one browser make all calls. */
import { openPages, type Visited } from "./browser";
import { visitsOf, type Seen } from "./close";
import { gatewayOf, type Gateway } from "./gateway";
import { startRuntimes } from "./invoke";
import type { Prepared } from "./prepare";
import { startServer } from "./server";

export async function observe(all: readonly Prepared[]): Promise<Seen> {
  const runtimes = startRuntimes();
  const gateways = new Map<string, Gateway>();
  const scripts = new Map<string, string>();
  const doubts = new Map<string, Set<string>>();
  for (const { host, deployment, script } of all.flatMap(({ versions }) => versions)) {
    if ("refused" in deployment) continue;
    const own = new Set<string>();
    doubts.set(host, own);
    gateways.set(
      host,
      gatewayOf(deployment, runtimes, (because) => own.add(because)),
    );
    if (script !== undefined) scripts.set(`/${host}.js`, script);
  }
  const server = await startServer({ gateways, scripts });
  try {
    const pages = await openPages(server.port);
    try {
      const visits = all.map(visitsOf);
      const visited: Visited[] = [];
      visited.push(...(await pages.visit(visits.flatMap(({ first }) => first))));
      visited.push(...(await pages.visit(visits.flatMap(({ then }) => then))));
      return { visited, faults: server.faults, doubts };
    } finally {
      await pages.close();
    }
  } finally {
    await server.close();
    runtimes.close();
  }
}
