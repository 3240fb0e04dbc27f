/** Which API of an application a probed URL belongs to. */
import path from "node:path";
import { addressesFor, deployedAddresses } from "../probe";
import { originOf } from "../../../shared/src/browser";
import type { Finding } from "../../../shared/src/finding";
import type { Api, CorsModel } from "../../../shared/src/model/model";
import { Places } from "../report/report";
import { Analysis } from "../workspace/analysis";
import { UserError, type CliHost } from "./command";
import { runAnalysis } from "./run";
import { targetsOf } from "./targets";

/** An API of the code, with what is known around it. */
export interface KnownApi {
  readonly api: Api;
  readonly model: CorsModel;
  readonly findings: readonly Finding[];
  /** The folder that paths are relative to. */
  readonly root: string;
  readonly places: Places;
  readonly text: (file: string) => string | undefined;
}

/** Finds the API in a folder. Rejects with a `UserError` when there is none or the URL does not tell which. */
export async function apiOf(
  folder: string,
  url: string,
  name: string | undefined,
  world: CliHost,
): Promise<KnownApi> {
  const targets = await targetsOf([folder], world);
  const analysis = new Analysis(world.engine);
  await runAnalysis(analysis, targets, world);
  const all = analysis.results
    .filter(({ app }) => targets.concerns(app))
    .flatMap(({ app, model }) => model.apis.map((api) => ({ api, model, folder: app.root })));
  const named = name === undefined ? all : all.filter(({ api }) => api.name === name);
  const chosen = named.length > 1 ? await byAddress(named, url) : named[0];
  if (chosen === undefined) throw new UserError(complaint(all, folder, name));
  const text = (file: string) => analysis.sources.text(file);
  return {
    api: chosen.api,
    model: chosen.model,
    findings: analysis.findings,
    root: targets.root,
    places: new Places(text),
    text,
  };
}

interface Candidate {
  readonly api: Api;
  readonly model: CorsModel;
  readonly folder: string;
}

/** The only API that files beside the code give this address to. */
async function byAddress(all: readonly Candidate[], url: string): Promise<Candidate | undefined> {
  const fitting: Candidate[] = [];
  for (const candidate of all) {
    const known = await deployedAddresses(candidate.folder);
    const [likely] = addressesFor(candidate.api, known);
    if (likely !== undefined && originOf(likely.url) === originOf(url)) fitting.push(candidate);
  }
  return fitting.length === 1 ? fitting[0] : undefined;
}

function complaint(all: readonly Candidate[], folder: string, name: string | undefined): string {
  if (all.length === 0) return `there is no API in ${folder}`;
  const names = [...new Set(all.map(({ api }) => api.name))].sort().join(", ");
  const where = path.basename(folder) || folder;
  return name === undefined
    ? `${where} has several APIs, name one with --api: ${names}`
    : `${where} has ${all.some(({ api }) => api.name === name) ? "several APIs" : "no API"} called ${name}; there are ${names}`;
}
