/** The exchanges of a probe as a page: who speaks to whom, and where it stops. Pure text, no editor. */
import { escaped, strictPage } from "../strict-page";
import type { ProbeAnswer, ProbeCell, ProbeMessage } from "../../../shared/src/protocol";

/** Words of the page, translated by the caller. */
export interface Words {
  readonly title: string;
  readonly choose: string;
  readonly copy: string;
  readonly stopsHere: string;
  readonly notSent: string;
  readonly verdicts: Readonly<Record<ProbeCell["verdict"], string>>;
}

const COLUMN = 190;
const TOP = 74;
const MARGIN = 70;
const LINE = 17;

/** The page that shows one cell and lets the others be chosen. Scripts and styles run by `nonce` only; nothing is loaded. */
export function sequencePage(
  answer: ProbeAnswer,
  chosen: number,
  nonce: string,
  words: Words,
): string {
  const cell = answer.cells[chosen];
  const body = `<p class="endpoint">${escaped(answer.endpoint)}</p>
<div class="cells" role="radiogroup" aria-label="${escaped(words.choose)}">
${answer.cells.map((each, i) => choice(each, i, i === chosen, words)).join("\n")}
</div>
${cell ? exchange(cell, words) : ""}`;
  return strictPage({ title: words.title, style, body, script }, nonce);
}

function choice(cell: ProbeCell, index: number, chosen: boolean, words: Words): string {
  const mark = { allowed: "✓", blocked: "✕", conditional: "?" }[cell.verdict];
  return `<button role="radio" aria-checked="${String(chosen)}" tabindex="${chosen ? "0" : "-1"}" class="${cell.verdict}" data-cell="${String(index)}"><span class="mark" aria-hidden="true">${mark}</span><span>${escaped(cell.title)}</span><span class="verdict">${escaped(words.verdicts[cell.verdict])}</span></button>`;
}

function exchange(cell: ProbeCell, words: Words): string {
  const say =
    cell.console === null
      ? ""
      : `<p class="console" tabindex="0"><code>${escaped(cell.console)}</code></p>`;
  return `<main>
${say}
<div class="drawing">${drawing(cell, words)}</div>
<p class="again"><code>${escaped(cell.curl)}</code> <button data-copy="curl">${escaped(words.copy)}</button></p>
</main>`;
}

function drawing(cell: ProbeCell, words: Words): string {
  const { actors, messages } = cell;
  const width = MARGIN * 2 + COLUMN * (actors.length - 1);
  const rows: string[] = [];
  let y = TOP;
  for (const message of messages) {
    const { height, svg } = arrow(message, y, words);
    rows.push(svg);
    y += height;
  }
  const bottom = y + 6;
  const lanes = actors.map((name, i) => lane(name, x(i), bottom)).join("");
  return `<svg role="list" aria-label="${escaped(cell.title)}" width="${String(width)}" height="${String(bottom + 10)}" viewBox="0 0 ${String(width)} ${String(bottom + 10)}">
<defs>${["passed", "stopped", "unsent"].map(head).join("")}</defs>
${lanes}
${rows.join("\n")}
</svg>`;
}

function head(state: string): string {
  return `<marker id="head-${state}" class="${state}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"/></marker>`;
}

function x(actor: number): number {
  return MARGIN + COLUMN * actor;
}

function lane(name: string, at: number, bottom: number): string {
  return `<g class="lane" aria-hidden="true"><line x1="${String(at)}" y1="44" x2="${String(at)}" y2="${String(bottom)}"/><rect x="${String(at - 58)}" y="14" width="116" height="30" rx="4"/><text x="${String(at)}" y="34" text-anchor="middle">${escaped(name)}</text></g>`;
}

function arrow(message: ProbeMessage, y: number, words: Words) {
  const { from, to, text, detail, state } = message;
  const [a, b] = [x(from), x(to)];
  // Beside the lane, and clear of an arrow's head or the cross that stands there.
  const left = Math.min(a, b) + (b > a ? 12 : state === "stopped" ? 42 : 26);
  const remark =
    state === "stopped"
      ? [words.stopsHere]
      : state === "unsent" && to > from
        ? [words.notSent]
        : [];
  const lines = [...detail.map(shortened), ...remark];
  const said = [text, ...detail, ...remark].join(", ");
  const label = `<text x="${String(left)}" y="${String(y)}" class="what">${escaped(text)}</text>`;
  const below = lines.map((line, i) => {
    const kind = i >= detail.length || line.startsWith("fails:") ? "remark" : "detail";
    return `<text x="${String(left)}" y="${String(y + 8 + LINE * (i + 1))}" class="${kind}">${escaped(line)}</text>`;
  });
  const cross =
    state === "stopped"
      ? `<path class="cross" d="M${String(b + 4)} ${String(y - 2)}l16 16m0 -16l-16 16"/>`
      : "";
  const end = state === "stopped" ? b + 24 : b + (b > a ? -3 : 3);
  const svg = `<g role="listitem" tabindex="0" class="message ${state}" aria-label="${escaped(said)}"><rect class="focus" x="${String(Math.min(a, b) + 2)}" y="${String(y - 18)}" width="${String(Math.max(Math.abs(a - b), 360) - 4)}" height="${String(30 + LINE * lines.length)}" rx="3"/>${label}<line x1="${String(a)}" y1="${String(y + 6)}" x2="${String(end)}" y2="${String(y + 6)}" marker-end="url(#head-${state})"/>${cross}${below.join("")}</g>`;
  return { height: 44 + LINE * lines.length, svg };
}

function shortened(line: string): string {
  return line.length > 74 ? `${line.slice(0, 73)}…` : line;
}

const style = `
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font: var(--vscode-font-size)/1.5 var(--vscode-font-family); padding: 8px 24px 24px; }
h1 { font-size: 1.4em; font-weight: 600; margin: 8px 0 0; }
.endpoint { color: var(--vscode-descriptionForeground); margin: 0 0 12px; overflow-wrap: anywhere; }
.cells { display: flex; flex-direction: column; gap: 2px; max-width: 900px; max-height: 12.5em; overflow-y: auto; padding: 2px; }
.cells button { display: flex; gap: 8px; align-items: baseline; text-align: left; font: inherit; color: inherit; background: none; border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 3px; padding: 3px 8px; cursor: pointer; }
.cells button[aria-checked=true] { background: var(--vscode-list-activeSelectionBackground); color: var(--vscode-list-activeSelectionForeground); border-color: var(--vscode-contrastActiveBorder, transparent); }
.cells button:hover { outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); }
.cells .verdict { margin-left: auto; }
.mark { width: 1em; font-weight: 700; }
.blocked .mark { color: var(--vscode-errorForeground); }
.allowed .mark { color: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
.conditional .mark { color: var(--vscode-editorWarning-foreground); }
[aria-checked=true] .mark { color: inherit; }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
.console { border-left: 3px solid var(--vscode-errorForeground); padding: 6px 10px; margin: 14px 0; background: var(--vscode-textCodeBlock-background); max-width: 880px; overflow-wrap: anywhere; }
code { font-family: var(--vscode-editor-font-family); color: inherit; background: none; }
.drawing { overflow-x: auto; }
svg text { fill: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); font-size: 13px; }
.message text { paint-order: stroke; stroke: var(--vscode-editor-background); stroke-width: 5px; stroke-linejoin: round; }
.lane rect { fill: var(--vscode-editorWidget-background); stroke: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, var(--vscode-editor-foreground))); }
.lane text { font-weight: 600; }
.lane line { stroke: var(--vscode-editorIndentGuide-activeBackground1, var(--vscode-editor-foreground)); stroke-dasharray: 2 4; }
.message line, .cross { stroke: currentColor; stroke-width: 1.6; fill: none; }
marker path { fill: currentColor; }
.passed { color: var(--vscode-editor-foreground); }
.stopped { color: var(--vscode-errorForeground); }
.unsent { color: var(--vscode-descriptionForeground); }
.message.unsent line { stroke-dasharray: 5 4; }
.cross { stroke-width: 3; }
.message .what { font-weight: 600; }
.stopped .what, .stopped .remark { fill: var(--vscode-errorForeground); }
.unsent text { fill: var(--vscode-descriptionForeground); }
.detail { font-family: var(--vscode-editor-font-family); font-size: 12px; }
.stopped .remark { font-weight: 600; }
.focus { fill: none; }
.message:focus { outline: none; }
.message:focus-visible .focus { stroke: var(--vscode-focusBorder); }
.again { max-width: 880px; overflow-wrap: anywhere; color: var(--vscode-descriptionForeground); }
.again button { font: inherit; color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; padding: 2px 10px; cursor: pointer; }
`;

const script = `
const editor = acquireVsCodeApi();
const cells = [...document.querySelectorAll("[data-cell]")];
const choose = (button) => editor.postMessage({ cell: Number(button.dataset.cell) });
for (const [i, button] of cells.entries()) {
  button.addEventListener("click", () => choose(button));
  button.addEventListener("keydown", ({ key }) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (step) choose(cells[(i + step + cells.length) % cells.length]);
  });
}
document.querySelector("[data-copy]")?.addEventListener("click", () => editor.postMessage({ copy: true }));
const chosen = document.querySelector("[aria-checked=true]");
chosen?.scrollIntoView({ block: "nearest" });
chosen?.focus();
`;
