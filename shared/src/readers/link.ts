/** Joins what the files of an application say into one model. */
import { readCdk } from "./cdk/read";
import type { Gap } from "../ir/gap";
import type { CdkReading } from "./cdk/read";
import { readInline } from "./handler/inline";
import {
  filesOfAllowOrigin,
  mentionsAllowOrigin,
  readHeaderFactories,
} from "./handler/header-factories";
import { readHandler } from "./handler/read";
import { readUnlinked } from "./handler/unlinked";
import { LinkCache } from "./link-cache";
import type { Api, CorsModel, ApiBinding, Handler } from "../model/model";
import { readRequests } from "./page/read";
import type { Project } from "../ir/project";
import { ownRoutesByHandler } from "../model/query/platform";

/** The model of an application. Never throws; what was not understood is in `gaps`. */
export function link(project: Project, cache?: LinkCache, changed?: Iterable<string>): CorsModel {
  const steps = linkSteps(project, cache, changed);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * As `link`, with a pause after each unit of work. Whoever stops at one has lost nothing: the next linking with the same
 * cache goes on from there.
 * @param cache what earlier linkings of the same application worked out
 * @param changed files whose text, kind or existence may have changed since the cache was last used; absent = any
 */
export function* linkSteps(
  project: Project,
  cache: LinkCache = new LinkCache(),
  changed?: Iterable<string>,
): Generator<undefined, CorsModel> {
  cache.begin(project, changed);
  const cdk = cache.unit(project, "cdk", readCdk);
  yield;
  const handlers: Handler[] = [];
  const bindings = bindingsByHandler(cdk.apis);
  for (const [id, code] of cdk.functions) {
    const key = code.k === "file" ? `handler ${id}` : `inline ${id} ${JSON.stringify(code)}`;
    const handler = cache.unit(project, key, (asked) =>
      code.k === "file" ? readHandler(asked, id, code) : readInline(asked, id, code),
    );
    if (handler) handlers.push({ ...handler, bindings: bindings.get(id) ?? [] });
    yield;
  }
  const linked = linkedNames(cdk);
  for (const file of project.candidates) {
    const names = linked.get(file) ?? [];
    handlers.push(
      ...cache.unit(project, `unlinked ${file} ${names.join(" ")}`, (asked) =>
        readUnlinked(asked, file, names),
      ),
    );
    yield;
  }
  const factories = yield* headerFactoriesIn(
    project,
    cache,
    new Set([...cdk.unrouted].map(fileOf)),
    handlers,
  );
  handlers.push(...factories);
  const requests = readRequests(project, cdk.apis, serverFiles(cdk, handlers), cache);
  yield;
  cache.end();
  const { apis, policies } = cdk;
  const gaps = [...cdk.gaps, ...handlers.flatMap(partsNotFollowed)];
  return { apis, policies, handlers, requests, gaps };
}

/** A handler of which only some paths were followed may answer in other ways as well. */
function partsNotFollowed({ followedInPart, name, at }: Handler): Gap[] {
  const because = `\`${name}\` was followed in part: its code has more paths than are followed`;
  return followedInPart ? [{ because, at }] : [];
}

/** Functions that make headers which no handler is known to send; `others` are files of functions that answer no requests. */
function* headerFactoriesIn(
  project: Project,
  cache: LinkCache,
  others: ReadonlySet<string>,
  handlers: readonly Handler[],
): Generator<undefined, Handler[]> {
  const factories: Handler[] = [];
  const seen = filesOfAllowOrigin(handlers);
  for (const file of project.candidates) {
    if (others.has(file) || seen.has(file) || !mentionsAllowOrigin(project, file)) continue;
    factories.push(
      ...cache.unit(project, `makers ${file}`, (asked) => readHeaderFactories(asked, file)),
    );
    yield;
  }
  return factories;
}

/** Files that functions begin with: neither they nor what they import are code of pages. */
function serverFiles(cdk: CdkReading, handlers: readonly Handler[]): ReadonlySet<string> {
  const functions = [...cdk.functions.keys(), ...cdk.unrouted].map(fileOf);
  return new Set([...functions, ...handlers.map(({ file }) => file)]);
}

const fileOf = (id: string): string => id.replace(/#.*$/, "");

/** Names of the functions that constructs run, by file. */
function linkedNames(cdk: CdkReading): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const id of [...cdk.functions.keys(), ...cdk.unrouted]) {
    const file = fileOf(id);
    names.set(file, [...(names.get(file) ?? []), id.slice(file.length + 1)]);
  }
  return names;
}

/** The APIs whose routes lead to a handler, by its id. */
function bindingsByHandler(apis: readonly Api[]): Map<string, ApiBinding[]> {
  const bindings = new Map<string, ApiBinding[]>();
  for (const api of apis) {
    for (const [id, routes] of ownRoutesByHandler(api)) {
      const [first] = routes;
      const binding: ApiBinding = {
        api: api.id,
        kind: api.kind,
        payload: first.integration.payload ?? (api.kind === "rest" ? "1.0" : "2.0"),
        methods: routes.map((route) => route.method),
        authorization: first.authorization,
      };
      bindings.set(id, [...(bindings.get(id) ?? []), binding]);
    }
  }
  return bindings;
}
