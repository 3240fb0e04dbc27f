/** `row`: one call of a page, and how the exchange ends. */
import assert from "node:assert/strict";
import { explainCall, type Explanation, type PageCall } from "../../shared/src/gateway";
import { link } from "../../shared/src/readers/link";
import type { CorsModel } from "../../shared/src/model/model";
import { parseLiteral } from "../rules/literal";
import { memoryProject } from "../rules/memory-project";

export async function modelFrom(literal: string): Promise<CorsModel> {
  return link(await memoryProject(parseLiteral(literal).files));
}

export const page = "https://app.acmecorp.com";

/** `PUT /orders x-a: 1, content-type: application/json` with ` +cookies` at the end for credentials, `from <origin>` before. */
export function callOf(text: string): PageCall {
  const [, from, method = "", path = "", headers = "", cookies] =
    /^(?:from (\S+) )?(\S+) (\S+)(?: (.*?))?( ?\+cookies)?$/.exec(text) ?? [];
  const list = headers
    .split(", ")
    .filter((header) => header.includes(":"))
    .map((header) => header.split(/: ?/))
    .map(([name = "", value = ""]) => [name, value] as const);
  const credentials = cookies === undefined ? "same-origin" : "include";
  return { origin: from ?? page, method, path, headers: list, credentials };
}

/** How it ended: the verdict with the failing step, then `status answerer` of each half. */
export function ending({ verdict, failsAt, preflight, response }: Explanation): string {
  const half = (of: Explanation["preflight"]): string =>
    [
      ...new Set(
        (of?.rulings ?? []).map(({ answer }) =>
          answer.kind === "unknown" ? "?" : `${answer.status} ${answer.by}`,
        ),
      ),
    ].join("|");
  const parts = [
    verdict,
    failsAt,
    preflight && `preflight ${half(preflight)}`,
    response && `response ${half(response)}`,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** Checks a table of calls against the first API, or the one with the given name. */
export function endings(
  model: CorsModel,
  rows: Readonly<Record<string, string>>,
  name?: string,
): void {
  const api = model.apis.find((each) => name === undefined || each.name === name);
  assert.ok(api, "no such API");
  const actual = Object.keys(rows).map(
    (row) => [row, ending(explainCall(model, api, callOf(row)))] as const,
  );
  assert.deepEqual(Object.fromEntries(actual), rows);
}
