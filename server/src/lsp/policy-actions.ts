/** What can be done with a policy that has nothing wrong. */
import type { CodeAction, Range } from "vscode-languageserver/node";
import type { CorsPolicy } from "../../../shared/src/model/model";
import { policyUses } from "../../../shared/src/model/query/platform";
import { policyActionKind } from "../../../shared/src/protocol";
import { preflightCachingFixes } from "../../../shared/src/advice/policy-fix";
import { spell } from "../workspace/fixes";
import type { Context } from "./context";
import { overlaps } from "./convert";
import { newRanges } from "./reports";
import { workspaceEdit } from "./workspace-edit";

/** Turns the preflight cache of the policy at a place off for debugging, and on again. */
export async function policyActions(
  context: Context,
  file: string,
  range: Range,
): Promise<CodeAction[]> {
  if (!context.configuration.of(file).enable) return [];
  const { engine, sources } = context.analysis;
  const actions = new Map<string, CodeAction>();
  for (const policy of policiesAt(context, file, range)) {
    for (const fix of preflightCachingFixes(policy)) {
      const edits = await spell(fix, engine.frontends, (path) => sources.text(path));
      if (!edits) continue;
      const edit = workspaceEdit(context, edits, file);
      // Two applications may read one policy.
      actions.set(JSON.stringify(edit), { title: fix.title, kind: policyActionKind, edit });
    }
  }
  return [...actions.values()];
}

/** The policies whose word or options a range touches. */
function policiesAt(context: Context, file: string, range: Range): readonly CorsPolicy[] {
  const ranges = newRanges(context);
  const policies = context.analysis.results
    .flatMap(({ model }) => {
      const made = new Set(model.synthesized?.map(({ at }) => at.file));
      return policyUses(model).filter(({ policy }) => !made.has(policy.at.file));
    })
    .map(({ policy }) => policy);
  return policies.filter(({ at, block }) =>
    [at, ...(block ? [block] : [])].some(
      (place) => place.file === file && overlaps(ranges.of(place), range),
    ),
  );
}
