/** The contract with pages as a page of the editor: a table that can be filtered. Pure text, no editor. */
import type { ContractCell, ContractRow } from "../../../shared/src/protocol";
import { escaped, strictPage } from "../strict-page";

/** Words of the page, translated by the caller. */
export interface ContractWords {
  readonly title: string;
  readonly filter: string;
  readonly none: string;
  readonly refused: string;
  readonly heads: readonly string[];
  readonly verdicts: Readonly<Record<ContractCell["verdict"], string>>;
}

/** Scripts and styles run by `nonce` only; nothing is loaded, and a click says a row's number and nothing else. */
export function contractPage(
  rows: readonly ContractRow[],
  nonce: string,
  words: ContractWords,
): string {
  const body = `<div class="bar"><input type="search" placeholder="${escaped(words.filter)}" aria-label="${escaped(words.filter)}">
<label><input type="checkbox"> ${escaped(words.refused)}</label> <span class="count" aria-live="polite"></span></div>
${rows.length === 0 ? `<p>${escaped(words.none)}</p>` : table(rows, words)}`;
  return strictPage({ title: words.title, style, body, script }, nonce);
}

function table(rows: readonly ContractRow[], words: ContractWords): string {
  const heads = words.heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join("");
  return `<div class="wide"><table><thead><tr>${heads}</tr></thead><tbody>
${rows.map((row, i) => tableRow(row, i, words)).join("\n")}
</tbody></table></div>`;
}

function tableRow(row: ContractRow, index: number, words: ContractWords): string {
  const { api, method, path, headers, origin } = row;
  const all = [api, method, path, ...headers, origin, row.without.step, row.with.step];
  const verdicts = [row.without, row.with].map(({ verdict }) => words.verdicts[verdict]);
  const text = [...all, ...verdicts].join(" ").toLowerCase();
  const refused = [row.without, row.with].some(({ verdict }) => verdict !== "allowed");
  const call = `<button data-go="route" title="${escaped(headers.join(", "))}"><b>${escaped(method)}</b> ${escaped(path)}</button>`;
  return `<tr data-row="${String(index)}" data-text="${escaped(text)}"${refused ? " data-refused" : ""}><td>${escaped(api)}</td><td>${call}</td><td>${escaped(origin).replace("://", "://<wbr>")}</td>${cell("without", row.without, words)}${cell("with", row.with, words)}</tr>`;
}

const marks = { allowed: "✓", blocked: "✕", depends: "?", unknown: "…" } as const;

function cell(name: string, { verdict, step, why }: ContractCell, words: ContractWords): string {
  const said = `${words.verdicts[verdict]}${step === "" ? "" : `: ${step}`}`;
  return `<td><button data-go="${name}" class="${verdict}" title="${escaped(why)}"><span class="mark" aria-hidden="true">${marks[verdict]}</span> ${escaped(said)}</button></td>`;
}

const style = `
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font: var(--vscode-font-size)/1.5 var(--vscode-font-family); padding: 8px 24px 24px; }
h1 { font-size: 1.4em; font-weight: 600; margin: 8px 0 12px; }
.bar { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; padding: 6px 0 10px; background: var(--vscode-editor-background); }
input[type=search] { font: inherit; width: 22em; max-width: 100%; padding: 3px 8px; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; }
input::placeholder { color: var(--vscode-input-placeholderForeground); }
.count { color: var(--vscode-descriptionForeground); }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; }
th:nth-child(n+4), td:nth-child(n+4) { overflow-wrap: anywhere; }
th, td { padding: 3px 12px 3px 0; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent)); vertical-align: top; }
.wide { overflow-x: auto; }
td button { font: inherit; color: inherit; background: none; border: 0; padding: 0; text-align: left; cursor: pointer; }
td button:hover { text-decoration: underline; }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
.mark { display: inline-block; width: 1em; font-weight: 700; }
.blocked .mark { color: var(--vscode-errorForeground); }
.allowed .mark { color: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
.depends .mark { color: var(--vscode-editorWarning-foreground); }
.unknown { color: var(--vscode-descriptionForeground); }
[hidden] { display: none; }
`;

const script = `
const editor = acquireVsCodeApi();
const rows = [...document.querySelectorAll("[data-row]")];
const search = document.querySelector("input[type=search]");
const only = document.querySelector("input[type=checkbox]");
const count = document.querySelector(".count");
function filter() {
  const words = search.value.toLowerCase().split(" ").filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const fits = words.every((word) => row.dataset.text.includes(word)) && (!only.checked || "refused" in row.dataset);
    row.hidden = !fits;
    if (fits) shown++;
  }
  count.textContent = shown + " / " + rows.length;
  editor.setState({ text: search.value, only: only.checked });
}
const kept = editor.getState();
if (kept) { search.value = kept.text; only.checked = kept.only; }
search.addEventListener("input", filter);
only.addEventListener("change", filter);
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-go]");
  const row = target.closest("[data-row]");
  if (button && row) editor.postMessage({ row: Number(row.dataset.row), go: button.dataset.go });
});
filter();
search.focus();
`;
