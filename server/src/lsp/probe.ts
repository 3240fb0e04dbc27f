/** Probing deployed endpoints for the editor: what there is, what would be asked, and asking it. */
import {
  type CancellationToken,
  ErrorCodes,
  ResponseError,
  WorkDoneProgress,
  type WorkDoneProgressParams,
} from "vscode-languageserver/node";
import type { Finding } from "../../../shared/src/finding";
import type { Api } from "../../../shared/src/model/model";
import {
  type ProbeAnswer,
  type ProbePreview,
  type ProbeQuestion,
  probeRequests,
  type ProbeTarget,
} from "../../../shared/src/protocol";
import {
  addressesFor,
  cellsOf,
  deployedAddresses,
  locatedReport,
  makePlan,
  originsOf,
  type Placed,
  placeFindings,
  PlanError,
  printable,
  probe,
  type ProbeOptions,
  type ProbeReport,
  probeReportText,
  requestBytes,
  type Site,
  targetOf,
} from "../probe";
import type { AppResult } from "../workspace/analysis";
import { relativeTo } from "../workspace/paths";
import { type Context, signalOf } from "./context";
import { newRanges } from "./reports";

/** Answers the probe's requests. Nothing is sent to any endpoint but by `corsLens/probe/run`. */
export function probing(context: Context): void {
  const { connection } = context;
  connection.onRequest(probeRequests.targets, (_: unknown, token: CancellationToken) =>
    targets(context, token),
  );
  connection.onRequest(probeRequests.plan, (question: ProbeQuestion) =>
    answering(() => Promise.resolve(preview(context, question))),
  );
  connection.onRequest(probeRequests.clear, () => {
    context.live.replace([], () => undefined);
    context.checker.request();
  });
  connection.onRequest(
    probeRequests.run,
    (question: ProbeQuestion & WorkDoneProgressParams, token: CancellationToken) =>
      answering(() => run(context, question, token)),
  );
}

/** What the user typed and cannot be asked is told as it is. */
async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlanError)
      throw new ResponseError(ErrorCodes.InvalidParams, error.message);
    throw error;
  }
}

async function targets(
  context: Context,
  token: CancellationToken,
): Promise<readonly ProbeTarget[]> {
  await context.checker.idle(signalOf(token));
  const found: ProbeTarget[] = [];
  for (const result of context.analysis.results) {
    if (result.model.apis.length === 0) continue;
    const deployed = await deployedAddresses(result.app.root);
    const { origins } = context.configs.optionsFor(
      result.app.root,
      context.configuration.of(result.app.root),
    ).context;
    const { endpoints } = result.project;
    for (const api of result.model.apis) {
      const url = endpoints[api.name] ?? endpoints[api.id];
      const listed = url === undefined ? [] : [{ url, from: "the settings" }];
      const known = addressesFor(api, deployed).map(({ url, from }) => ({ url, from }));
      found.push({
        id: idOf(result, api),
        name: api.name,
        construct: api.construct,
        place: placeOf(context, api),
        addresses: [...listed, ...known],
        origins: [...new Set([...originsOf(result.model, api), ...origins])],
      });
    }
  }
  return found;
}

/** The id of an API among the targets. */
export function idOf({ app }: AppResult, api: Api): string {
  return `${app.root} ${api.id}`;
}

function placeOf(context: Context, { at }: Api): string {
  const { line } = newRanges(context).of(at).start;
  return `${relativeTo(context.folders.of(at.file) ?? "", at.file)}:${String(line + 1)}`;
}

/** The API that the question names, with what is known of it. `undefined` for a bare URL. */
function siteOf({ analysis }: Context, question: ProbeQuestion): Site | undefined {
  for (const result of analysis.results) {
    const api = result.model.apis.find((each) => idOf(result, each) === question.api);
    if (api === undefined) continue;
    const target = targetOf(result.model, api, question.url, question.origins);
    return { api, model: result.model, target, findings: result.findings };
  }
  return undefined;
}

function optionsOf(question: ProbeQuestion, site: Site | undefined): ProbeOptions {
  const {
    url,
    origins,
    headers = [],
    credentials = false,
    own = false,
    typed,
    send = [],
  } = question;
  const endpoint = site?.target.endpoint ?? url;
  const api = site ? { api: site.target.api } : {};
  return { endpoint, origins, headers, credentials, own, typed, send, ...api };
}

function preview(context: Context, question: ProbeQuestion): ProbePreview {
  const plan = makePlan(optionsOf(question, siteOf(context, question)));
  const { endpoint, hosts, sends, maxRequests, routes, skipped } = plan;
  // Such a request is sent as a known page would: without one there is nothing to pick.
  const withheld = plan.originsAssumed ? [] : plan.withheld;
  return {
    endpoint,
    hosts,
    sends,
    maxRequests,
    routes: routes.length,
    skipped: skipped.length,
    withheld: withheld.map((wish) => ({ ...wish, bytes: requestBytes(plan, wish) })),
  };
}

async function run(
  context: Context,
  question: ProbeQuestion & WorkDoneProgressParams,
  token: CancellationToken,
): Promise<ProbeAnswer> {
  const site = siteOf(context, question);
  const options = optionsOf(question, site);
  const most = makePlan(options).maxRequests;
  const report = await probe({
    ...options,
    signal: signalOf(token),
    onRequest: (sent) => tell(context, question, sent, most),
  });
  const placed = site
    ? placeFindings(report, site)
    : report.findings.map((finding): Placed => ({ finding, related: [], fixes: [] }));
  const { analysis, live, checker } = context;
  live.replace(placed.flatMap(liveFinding), (file) => analysis.sources.text(file));
  checker.request();
  return answer(context, report, placed, site);
}

function tell(
  { connection }: Context,
  { workDoneToken }: WorkDoneProgressParams,
  sent: number,
  most: number,
): void {
  if (workDoneToken === undefined) return;
  const percentage = Math.min(100, Math.round((100 * sent) / most));
  const message = `${String(sent)} of at most ${String(most)} requests`;
  void connection.sendProgress(WorkDoneProgress.type, workDoneToken, {
    kind: "report",
    message,
    percentage,
  });
}

function liveFinding({ finding, at, related, fixes }: Placed): Finding[] {
  if (at === undefined) return [];
  // Messages quote what a server sent.
  const message = finding.message.split("\n").map(printable).join("\n");
  return [
    { rule: finding.rule, severity: finding.severity, message, at, related, fixes, live: true },
  ];
}

function answer(
  context: Context,
  report: ProbeReport,
  placed: readonly Placed[],
  site: Site | undefined,
): ProbeAnswer {
  const ranges = newRanges(context);
  const root = site && (context.folders.of(site.api.at.file) ?? "");
  const located = site
    ? locatedReport(report, placed, site, (at) => ({
        file: relativeTo(root ?? "", at.file),
        line: ranges.of(at).start.line + 1,
      }))
    : report;
  return {
    endpoint: located.endpoint,
    requests: located.requests,
    blocked: located.verdicts.filter(({ verdict }) => verdict === "blocked").length,
    text: probeReportText(located),
    root: root === undefined ? null : context.documents.uri(root),
    cells: cellsOf(located, site),
  };
}
