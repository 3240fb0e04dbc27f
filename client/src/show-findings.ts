import { commands, type Disposable, l10n, Location, Position, Range, Uri } from "vscode";
import { lensCommands, type ShowFindings } from "../../shared/src/protocol";

/** The command behind the line above an API: its findings, in the editor's own peek view. */
export function offerShowFindings(): Disposable {
  return commands.registerCommand(lensCommands.showFindings, (shown: ShowFindings) =>
    commands.executeCommand(
      "editor.action.goToLocations",
      Uri.parse(shown.uri),
      positionOf(shown.position),
      shown.places.map(locationOf),
      "peek",
      l10n.t("CORS Lens has found nothing to complain about in this API."),
    ),
  );
}

function positionOf({ line, character }: ShowFindings["position"]): Position {
  return new Position(line, character);
}

function locationOf({ uri, range }: ShowFindings["places"][number]): Location {
  return new Location(Uri.parse(uri), new Range(positionOf(range.start), positionOf(range.end)));
}
