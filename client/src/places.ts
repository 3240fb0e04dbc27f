import { Position, Range, Uri, ViewColumn, window } from "vscode";
import type { ContractPlace } from "../../shared/src/protocol";

/** Shows a line of the code beside what led there. */
export async function showPlace({ uri, line, character }: ContractPlace): Promise<void> {
  const position = new Position(line, character);
  await window.showTextDocument(Uri.parse(uri), {
    selection: new Range(position, position),
    viewColumn: ViewColumn.One,
  });
}
