import type { Finding } from "../../../shared/src/finding";
import type { TextEdit } from "../../../shared/src/model/edit";
import type { Analysis } from "../workspace/analysis";
import { applied, compatible, safeFix, spell } from "../workspace/fixes";
import { save } from "../files/save";
import { reasonOf } from "../files/door";
import { UserError } from "./command";

/** More rounds than any chain of fixes needs; a fix that invites another for ever stops here. */
const mostRounds = 10;

/** Where the text of a file goes that a fix has changed. */
export type Keep = (file: string, text: string) => Promise<void>;

/** Keeps what fixes would write, so that nothing on disk changes. */
export class Drafts {
  readonly #texts = new Map<string, string>();

  readonly keep: Keep = (file, text) => {
    this.#texts.set(file, text);
    return Promise.resolve();
  };

  /** The text that a file would have; `undefined` where no fix changes it. */
  readonly text = (file: string): string | undefined => this.#texts.get(file);
}

/** Writes a file's text to disk. Rejects with a `UserError` when it cannot. */
export function toDisk({ sources }: Analysis): Keep {
  return async (file, text) => {
    try {
      await save(sources.door, file, text, sources.encoding(file));
    } catch (error) {
      throw new UserError(`cannot write ${file}: ${reasonOf(error)}`);
    }
  };
}

/**
 * Applies safe fixes until none is left that changes anything, checking anew after each round. Returns the files that
 * changed. Rejects when `keep` does.
 */
export async function fixAll(
  analysis: Analysis,
  findings: () => readonly Finding[],
  { update, keep }: { readonly update: () => Promise<void>; readonly keep: Keep },
): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  let before = "";
  for (let round = 0; round < mostRounds; round++) {
    const fixable = findings().filter(safeFix);
    // The same findings again: the last round fixed nothing, and another would only add to it.
    const now = fingerprint(fixable);
    if (now === before) break;
    before = now;
    const edits = await safeEdits(fixable, analysis);
    if (edits.length === 0) break;
    for (const file of new Set(edits.map(({ at }) => at.file))) {
      const text = analysis.sources.text(file);
      if (text === undefined) continue;
      const own = edits.filter(({ at }) => at.file === file);
      await keep(file, applied(text, own));
      analysis.changed(file);
      changed.add(file);
    }
    await update();
  }
  return changed;
}

/** What is to be fixed, whatever line it has moved to. */
function fingerprint(findings: readonly Finding[]): string {
  return JSON.stringify(findings.map(({ rule, message, at }) => [rule, message, at.file]).sort());
}

async function safeEdits(findings: readonly Finding[], analysis: Analysis): Promise<TextEdit[]> {
  const { sources, engine } = analysis;
  const spelt: (readonly TextEdit[])[] = [];
  for (const finding of findings) {
    const fix = safeFix(finding);
    const edits = fix && (await spell(fix, engine.frontends, (file) => sources.text(file)));
    if (edits) spelt.push(edits);
  }
  return compatible(spelt);
}
