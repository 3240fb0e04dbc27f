import {
  Disposable,
  type ExtensionContext,
  l10n,
  LanguageModelTextPart,
  type LanguageModelToolInvocationOptions,
  LanguageModelToolResult,
  lm,
  Uri,
  workspace,
} from "vscode";
import { findingsRequest, type ListedFinding, type ListFindings } from "../../shared/src/protocol";
import { textOfPage } from "./rule-pages";
import type { Session } from "./session";

interface Wish {
  readonly file?: string;
  readonly rule?: string;
}

/** More would crowd out everything else that a model has in mind. */
const most = 50;

/** Lets language models list and explain findings. Reads only. Editors without such tools get none. */
export function offerFindings(session: Session, context: ExtensionContext): Disposable {
  // Forks of VS Code lack parts of its interface, whatever version they name.
  if (typeof lm?.registerTool !== "function") return new Disposable(() => undefined);
  return lm.registerTool<Wish>("cors-lens_findings", {
    prepareInvocation: () => ({ invocationMessage: l10n.t("Looking for CORS mistakes") }),
    async invoke({ input }: LanguageModelToolInvocationOptions<Wish>, token) {
      const params: ListFindings = {
        ...(input.file === undefined ? {} : { uri: uriOf(input.file).toString() }),
        ...(input.rule === undefined ? {} : { rule: input.rule }),
      };
      const found = await session.request<readonly ListedFinding[]>(findingsRequest, params, token);
      const page = input.rule === undefined ? undefined : await textOfPage(input.rule, context);
      return new LanguageModelToolResult([
        new LanguageModelTextPart(
          [list(found), ...(page === undefined ? [] : [page])].join("\n\n"),
        ),
      ]);
    },
  });
}

function uriOf(file: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  const isAbsolute = /^([/\\]|[a-z]:[/\\])/i.test(file);
  return isAbsolute || !folder ? Uri.file(file) : Uri.joinPath(folder.uri, file);
}

function list(found: readonly ListedFinding[]): string {
  if (found.length === 0) return "CORS Lens reports nothing here.";
  const lines = found
    .slice(0, most)
    .map(({ uri, line, column, severity, rule, message, fixes }) => {
      const place = `${workspace.asRelativePath(Uri.parse(uri))}:${line}:${column}`;
      const fix = fixes.map(({ title, safety }) => `\n  fix (${safety}): ${title}`).join("");
      return `${place} ${severity} ${rule}\n  ${message.replaceAll("\n", "\n  ")}${fix}`;
    });
  const rest = found.length - most;
  return [...lines, ...(rest > 0 ? [`${rest} more are left out.`] : [])].join("\n");
}
