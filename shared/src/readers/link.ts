/** Joins what the files of an application say into one model. */
import { apiTraits } from "../model/kinds";
import { askOf, LinkCache } from "./link-cache";
import { isCompiled } from "./compiled-files";
import { isTestFile } from "./test-files";
import { joinedUses, withBuckets } from "./bucket-links";
import { readCdk } from "./cdk/read";
import { isDataFile, readTemplates } from "./template/read";
import type { FunctionSettings } from "./cdk/function-settings";
import type { CdkReading } from "./cdk/read";
import { readInline } from "./handler/inline";
import {
  filesOfAllowOrigin,
  mentionsAllowOrigin,
  readHeaderFactories,
} from "./handler/header-factories";
import { readHandler } from "./handler/read";
import { readUnlinked } from "./handler/unlinked";
import type { Api, CorsModel, ApiBinding, Handler, Route } from "../model/model";
import { routeGaps } from "../model/query/coverage";
import { basename } from "../base/file-paths";
import { readRequests } from "./page/read";
import type { Gap } from "../ir/gap";
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
  const failures: Gap[] = [];
  const code = apart(failures, project.root, nothingOfCdk, () =>
    cache.unit(project, "cdk", readCdk),
  );
  yield;
  const templates = apart(failures, project.root, nothingOfCdk, () =>
    cache.unit(project, "templates", readTemplates),
  );
  const cdk = joined(code, templates);
  yield;
  const handlers: Handler[] = [];
  const bindings = bindingsByHandler(cdk.apis);
  for (const [id, code] of cdk.functions) {
    const key =
      code.k === "file"
        ? `handler ${id} ${settingsOf(code)}`
        : `inline ${id} ${JSON.stringify(code)}`;
    const handler = apart(failures, fileOf(id), undefined, () =>
      cache.unit(project, key, (asked) =>
        code.k === "file" ? readHandler(asked, id, code) : readInline(asked, id, code),
      ),
    );
    if (handler) handlers.push({ ...handler, bindings: bindings.get(id) ?? [] });
    yield;
  }
  const linked = linkedNames(cdk);
  const answering = filesOfAnswers(handlers);
  const sources = project.candidates.filter(
    (file) =>
      !isDataFile(file) && !askOf(project, file, isTestFile) && !askOf(project, file, isCompiled),
  );
  for (const file of sources) {
    const names = linked.get(file) ?? [];
    // What a linked handler calls answers for that one.
    if (names.length === 0 && answering.has(file)) continue;
    handlers.push(
      ...apart(failures, file, [], () =>
        cache.unit(project, `unlinked ${file} ${names.join(" ")}`, (asked) =>
          readUnlinked(asked, file, names),
        ),
      ),
    );
    yield;
  }
  const others = new Set([...cdk.unrouted].map(fileOf));
  const factories = yield* headerFactoriesIn(project, cache, sources, others, handlers, failures);
  handlers.push(...factories);
  const requests = apart(failures, project.root, [], () =>
    readRequests(project, cdk.apis, serverFiles(cdk, handlers), cache),
  );
  yield;
  cache.end();
  const apis = withoutDeadLinks(cdk.apis, handlers);
  const { policies, gaps, buckets = [], bucketUses = new Map(), sites = [], synthesized } = cdk;
  return {
    apis,
    policies,
    handlers: withBuckets(handlers, buckets, bucketUses),
    ...(buckets.length > 0 ? { buckets } : {}),
    ...(sites.length > 0 ? { sites } : {}),
    ...(synthesized ? { synthesized } : {}),
    requests,
    gaps: [...gaps, ...failures, ...routeGaps(apis), ...handlers.flatMap(partsNotFollowed)],
  };
}

/** What the stack says of a function's surroundings: it decides what its code answers. */
function settingsOf({ environment = {}, layers = [] }: FunctionSettings): string {
  return JSON.stringify([environment, layers]);
}

/** Routes whose function was found and has no such export lead nowhere, and say so. */
function withoutDeadLinks(apis: readonly Api[], handlers: readonly Handler[]): readonly Api[] {
  const ids = new Set(handlers.map(({ id }) => id));
  const isDead = (route: Route): boolean =>
    route.handlers.length > 0 && !route.handlers.some((id) => ids.has(id));
  return apis.map((api) =>
    api.routes.some(isDead)
      ? {
          ...api,
          routes: api.routes.map((route) =>
            isDead(route) ? { ...route, handlers: [], unlinked: deadLink(route) } : route,
          ),
        }
      : api,
  );
}

function deadLink({ handlers: [id = ""] }: Route): string {
  const [file = "", name = ""] = id.split("#");
  return `no function \`${name}\` was found in ${basename(file)}`;
}

const nothingOfCdk: CdkReading = {
  apis: [],
  policies: [],
  functions: new Map(),
  unrouted: new Set(),
  made: new Set(),
  gaps: [],
};

/** What CDK code and templates of one application say together; a function may be deployed by both. */
function joined(a: CdkReading, b: CdkReading): CdkReading {
  if (
    b === nothingOfCdk ||
    b.apis.length + b.policies.length + (b.buckets?.length ?? 0) + b.made.size + b.gaps.length === 0
  )
    return a;
  const functions = new Map([...a.functions, ...b.functions]);
  return {
    apis: [...a.apis, ...b.apis],
    policies: [...a.policies, ...b.policies],
    buckets: [...(a.buckets ?? []), ...(b.buckets ?? [])],
    sites: [...(a.sites ?? []), ...(b.sites ?? [])],
    bucketUses: joinedUses([a.bucketUses, b.bucketUses]),
    functions,
    unrouted: new Set([...a.unrouted, ...b.unrouted].filter((id) => !functions.has(id))),
    made: new Set([...a.made, ...b.made]),
    gaps: [...a.gaps, ...b.gaps],
    ...(b.synthesized ? { synthesized: b.synthesized } : {}),
  };
}

/** Works out a part by itself: should that fail, by a mistake of this program, the other parts are still worth telling. */
function apart<T>(failures: Gap[], file: string, otherwise: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const because = `was not understood, by a mistake of CORS Lens: ${String(error)}`;
    failures.push({ because, at: { file, start: 0, end: 0 }, fault: true });
    return otherwise;
  }
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
  sources: readonly string[],
  others: ReadonlySet<string>,
  handlers: readonly Handler[],
  failures: Gap[],
): Generator<undefined, Handler[]> {
  const factories: Handler[] = [];
  const seen = filesOfAllowOrigin(handlers);
  for (const file of sources) {
    if (others.has(file) || seen.has(file) || !mentionsAllowOrigin(project, file)) continue;
    factories.push(
      ...apart(failures, file, [], () =>
        cache.unit(project, `makers ${file}`, (asked) => readHeaderFactories(asked, file)),
      ),
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

const fileOf = (id: string): string => id.split("#", 1)[0] ?? "";

/** Files whose code makes answers of these handlers, besides the handlers' own. */
function filesOfAnswers(handlers: readonly Handler[]): ReadonlySet<string> {
  return new Set(
    handlers.flatMap(({ file, responses }) =>
      responses
        .flatMap(({ at, expression, through }) => [at, expression, ...through])
        .flatMap((place) => (place.file === file ? [] : [place.file])),
    ),
  );
}

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
        payload: first.integration.payload ?? apiTraits[api.kind].payload,
        methods: routes.map((route) => route.method),
        authorization: first.authorization,
      };
      bindings.set(id, [...(bindings.get(id) ?? []), binding]);
    }
  }
  return bindings;
}
