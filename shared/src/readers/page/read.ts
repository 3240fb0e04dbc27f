/** The requests of an application's pages. */
import { apiTraits } from "../../model/kinds";
import type { Api, BrowserRequest } from "../../model/model";
import type { UrlSource } from "../../model/request";
import type { LinkCache } from "../link-cache";
import type { Project } from "../../ir/project";
import { dirname } from "../../base/file-paths";
import { sameSpan } from "../../ir/span";
import type { Draft } from "./call-draft";
import { devServerOf } from "./dev-server";
import { atEndpoint } from "./endpoint";
import { pageFiles } from "./files";
import { apiOf } from "./link";
import { runPages } from "./program";
import { byResponse, sourceOf } from "./url-source";

/** Every call that page code makes, once for each path that it may go to. `servers`: files that belong to no page. */
export function readRequests(
  project: Project,
  apis: readonly Api[],
  servers: Iterable<string>,
  cache: LinkCache,
): readonly BrowserRequest[] {
  const notPages = [...servers].sort();
  const files = cache.unit(project, `page files without ${notPages.join(" ")}`, (asked) =>
    pageFiles(asked, notPages),
  );
  if (files.length === 0) return [];
  const read = cache.unit(project, `pages ${files.join(" ")}`, (asked) => runPages(asked, files));
  const responses = byResponse(read);
  const drafts = read.map((draft) => {
    const source = sourceOf(draft, responses);
    const request = source
      ? { ...draft.request, ...reading(draft), urlFrom: sourceRequest(source, apis, project) }
      : finished(draft, apis, project);
    return { ...draft, request };
  });
  return distinct(told(drafts)).map(({ request }) =>
    request.api ? { ...request, ...devServer(project, request, cache) } : request,
  );
}

function sourceRequest(draft: Draft, apis: readonly Api[], project: Project): UrlSource {
  const { at, method, path, api } = finished(draft, apis, project);
  return {
    at,
    method,
    ...(path === undefined ? {} : { path }),
    ...(api === undefined ? {} : { api }),
  };
}

function reading({ response }: Draft): Pick<BrowserRequest, "readsResponse"> {
  return response && reads.some((name) => response.members.has(name))
    ? { readsResponse: true }
    : {};
}

function finished(draft: Draft, apis: readonly Api[], { endpoints = {} }: Project): BrowserRequest {
  const { request, parts } = draft;
  const deployed = atEndpoint(apis, endpoints, parts);
  const api = deployed?.api ?? apiOf(apis, request, parts);
  // A Function URL takes every path: its own address alone is the root.
  const isUrl = apis.some(({ id, kind }) => id === api?.id && !apiTraits[kind].routed);
  const path = deployed?.path ?? request.path ?? (isUrl ? "/" : undefined);
  return {
    ...request,
    ...(path === undefined ? {} : { path }),
    ...(api ? { api } : {}),
    ...reading(draft),
  };
}

function devServer(
  project: Project,
  { at: { file } }: BrowserRequest,
  cache: LinkCache,
): Pick<BrowserRequest, "devServer"> {
  const folder = dirname(file);
  const found = cache.unit(project, `development server of ${folder}`, (asked) =>
    devServerOf(asked, file),
  );
  return found ? { devServer: found } : {};
}

/** What shows that the code looks into a response. */
const reads = [
  "json",
  "text",
  "blob",
  "arrayBuffer",
  "formData",
  "body",
  "ok",
  "status",
  "headers",
  "data",
];

type Finished = Omit<Draft, "request"> & { readonly request: BrowserRequest };

/** A wrapper that is also called with a known path says nothing by itself. */
function told(drafts: readonly Finished[]): readonly Finished[] {
  const known = new Set(drafts.filter(({ request }) => request.path !== undefined).map(placeOf));
  return drafts.filter((draft) => draft.request.path !== undefined || !known.has(placeOf(draft)));
}

const placeOf = ({ request }: Finished): string => `${request.at.file}:${request.at.start}`;

/** Equal requests are one, with all calls that lead to it and all headers that are read of their responses. */
function distinct(drafts: readonly Finished[]): readonly Finished[] {
  const places = new Map<string, number>();
  for (const draft of drafts) places.set(placeOf(draft), (places.get(placeOf(draft)) ?? 0) + 1);
  const seen = new Map<string, Finished>();
  for (const draft of drafts) {
    const { through = [], ...rest } = draft.request;
    const key = places.get(placeOf(draft)) === 1 ? placeOf(draft) : JSON.stringify(rest);
    const old = seen.get(key);
    const calls = union(old?.request.through ?? [], through, sameSpan);
    const reads = union(old?.reads ?? [], draft.reads, ({ name }, other) => name === other.name);
    const request = {
      ...rest,
      ...(calls.length > 0 ? { through: calls } : {}),
      ...(reads.length > 0 ? { readsHeaders: reads } : {}),
    };
    seen.set(key, { ...draft, reads, request });
  }
  return [...seen.values()];
}

function union<T>(
  known: readonly T[],
  more: readonly T[],
  isSame: (a: T, b: T) => boolean,
): readonly T[] {
  return [...known, ...more.filter((each) => !known.some((other) => isSame(other, each)))];
}
