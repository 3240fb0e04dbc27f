/** Which API of the workspace a URL leads to. */
import { parseUrl } from "../../../shared/src/browser";
import type { Finding } from "../../../shared/src/finding";
import { rankOf } from "../../../shared/src/gateway";
import type { Api, CorsModel, Route } from "../../../shared/src/model/model";
import { apiTraits } from "../../../shared/src/model/kinds";
import { constantOf } from "../../../shared/src/model/value";

/** An application of the workspace, and where it is deployed as far as that is known. */
export interface KnownApp {
  readonly model: CorsModel;
  /** What the rules say about it. */
  readonly findings: readonly Finding[];
  readonly addresses: (api: Api) => readonly string[];
}

/** An API that may have got a request. */
export interface Served {
  readonly app: KnownApp;
  readonly api: Api;
  /** As its routes see it, without the stage. */
  readonly path: string;
  /** What stands before it in the URL. */
  readonly endpoint: string;
  /** The routes of this path, whatever their method. */
  readonly routes: readonly Route[];
}

interface Ranked extends Served {
  /** Smaller is likelier; compared element by element. */
  readonly rank: readonly number[];
}

/** The APIs that the URL may lead to: all that are equally likely. Without a URL, each with its first route. */
export function servedBy(url: string | undefined, apps: readonly KnownApp[]): readonly Served[] {
  const all = apps.flatMap((app) => app.model.apis.map((api) => ({ app, api })));
  if (url === undefined) return all.flatMap(anyRoute);
  const ranked = all.flatMap(({ app, api }) => candidates(app, api, url)).sort(byRank);
  const [best] = ranked;
  if (!best) return [];
  const likeliest = ranked.filter(({ rank }) => compare(rank, best.rank) === 0);
  return [...new Map(likeliest.map((each) => [each.api.id, each])).values()];
}

function anyRoute({ app, api }: { app: KnownApp; api: Api }): readonly Served[] {
  const paths = new Set(api.routes.flatMap(({ path }) => constantOf(path) ?? []));
  return [...paths].map((path) => ({
    app,
    api,
    path: path === "$default" ? "/" : path.replace(/\{[^{}]*\}/g, "1"),
    endpoint: "",
    routes: api.routes.filter((route) => constantOf(route.path) === path),
  }));
}

function candidates(app: KnownApp, api: Api, url: string): readonly Ranked[] {
  const parsed = parseUrl(url);
  if (!parsed) return [];
  const base = /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? "";
  const segments = (url.slice(base.length).split(/[?#]/)[0] ?? "").split("/").filter(Boolean);
  const known = app.addresses(api);
  const isOwn = known.some((address) => parseUrl(address)?.host === parsed.host);
  const hosted = isOwn ? 0 : known.length > 0 ? 2 : hostRank(api, String(parsed.host));
  if (hosted === undefined) return [];
  return segments.concat("").flatMap((_, from): readonly Ranked[] => {
    // The stage of a REST API and the mapping of a custom domain stand before the path of the route.
    const path = `/${segments.slice(from).join("/")}`;
    const patterns = new Set(api.routes.flatMap((route) => constantOf(route.path) ?? []));
    return [...patterns].flatMap((pattern): readonly Ranked[] => {
      const rank = rankOf(pattern, path);
      const [kind = 0, ...parts] = rank ?? [];
      const statics = parts.filter((part) => part === 0).length;
      if (!rank || (statics === 0 && from > 1)) return [];
      const endpoint = [base, ...segments.slice(0, from)].join("/");
      const routes = api.routes.filter((route) => constantOf(route.path) === pattern);
      // Where the host tells nothing, a path that is spelled out tells most.
      return [{ app, api, path, endpoint, routes, rank: [hosted, kind, -statics, from] }];
    });
  });
}

/** Hosts that AWS gives out tell what kind of API they lead to; custom domains may be any. */
function hostRank({ kind }: Api, host: string): number | undefined {
  const own = /\.(lambda-url|execute-api)\.[a-z0-9-]+\.(?:on\.aws|amazonaws\.com(?:\.cn)?)$/;
  const given = /\.elb\.amazonaws\.com(\.cn)?$/.test(host) ? "elb" : own.exec(host)?.[1];
  if (given !== undefined && given !== apiTraits[kind].host) return undefined;
  return 1;
}

function byRank(a: Ranked, b: Ranked): number {
  return compare(a.rank, b.rank);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, own] of a.entries()) {
    const difference = own - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
