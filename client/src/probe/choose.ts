/** What to probe, asked step by step. Each step returns `undefined` when the user leaves it. */
import { typedUrl } from "../../../shared/src/base/typed-url";
import { withoutEnd } from "../../../shared/src/base/trim";
import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { ProbeTarget } from "../../../shared/src/protocol";

/** An address, and the API of the workspace that is there. */
export interface Place {
  readonly url: string;
  readonly target?: ProbeTarget;
  /** The user wrote it: then it may lie in a private network. */
  readonly typed: boolean;
}

interface PlaceItem extends QuickPickItem {
  readonly target?: ProbeTarget;
  readonly url?: string;
  readonly typed?: true;
}

/** An API of the workspace, a recent address, or one to type. */
export async function choosePlace(
  targets: readonly ProbeTarget[],
  recent: readonly string[],
): Promise<Place | undefined> {
  const item = await pickPlace(placeItems(targets, recent));
  if (!item) return undefined;
  if (item.url !== undefined) {
    const { url, target, typed = false } = item;
    return { url, typed, ...(target ? { target } : {}) };
  }
  return typeUrl(item.target);
}

/** A URL that is typed or pasted is an item, too. */
function pickPlace(items: readonly PlaceItem[]): Promise<PlaceItem | undefined> {
  const pick = window.createQuickPick<PlaceItem>();
  pick.title = l10n.t("Probe Deployed Endpoint");
  pick.placeholder = l10n.t("An API of the workspace, or a URL");
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = items;
  return new Promise((resolve) => {
    pick.onDidChangeValue((text) => {
      const url = typedUrl(text);
      const isUrl = /^https?:\/\/[^/\s]+/i.test(url);
      const typed: PlaceItem = { label: `$(globe) ${url}`, url, typed: true, alwaysShow: true };
      pick.items = isUrl ? [typed, ...items] : items;
    });
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function placeItems(targets: readonly ProbeTarget[], recent: readonly string[]): PlaceItem[] {
  const items: PlaceItem[] = [];
  for (const target of targets) {
    const { name, construct, place, addresses } = target;
    const label = `$(globe) ${name}`;
    const description = `${construct}, ${place}`;
    for (const { url, from } of addresses) {
      items.push({ label, description, detail: `${url} (${from})`, target, url });
    }
    items.push({ label, description, detail: l10n.t("type its URL…"), target });
  }
  if (recent.length > 0) items.push({ label: l10n.t("recent"), kind: QuickPickItemKind.Separator });
  items.push(...recent.map((url): PlaceItem => ({ label: `$(history) ${url}`, url })));
  items.push({ label: "", kind: QuickPickItemKind.Separator });
  items.push({ label: l10n.t("$(edit) Type a URL…") });
  return items;
}

/** The base URL of an API, or any URL. */
export async function typeUrl(
  target: ProbeTarget | undefined,
  value = "https://",
): Promise<Place | undefined> {
  const url = await window.showInputBox({
    title: l10n.t("Probe Deployed Endpoint"),
    prompt: target
      ? l10n.t("Base URL of {0}, stage included", target.name)
      : l10n.t("URL of the endpoint"),
    value,
    valueSelection: [value.length, value.length],
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^https?:\/\/[^/\s]+/i.test(typedUrl(text)) ? undefined : l10n.t("Write https://host/path."),
  });
  return url === undefined
    ? undefined
    : { url: typedUrl(url), typed: true, ...(target ? { target } : {}) };
}

/** Origins of pages: the known ones, all picked at first, and whatever is typed. */
export function chooseOrigins(known: readonly string[]): Promise<readonly string[] | undefined> {
  const pick = window.createQuickPick();
  pick.title = l10n.t("Origins of the pages that call");
  pick.placeholder = l10n.t("Pick origins, or type one: https://app.example.com");
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  let items: readonly QuickPickItem[] = known.map((label) => ({ label }));
  pick.items = items;
  pick.selectedItems = items;
  return new Promise((resolve) => {
    pick.onDidChangeValue((text) => {
      const label = withoutEnd(text.trim(), "/");
      const isNew = isOrigin(label) && !items.some((item) => item.label === label);
      const chosen = pick.selectedItems;
      const typed: QuickPickItem = { label, description: l10n.t("typed"), alwaysShow: true };
      items = items.filter((item) => item.description === undefined || chosen.includes(item));
      pick.items = isNew ? [typed, ...items] : items;
      pick.selectedItems = chosen;
    });
    pick.onDidChangeSelection((chosen) => {
      items = [...new Set([...items, ...chosen])];
    });
    pick.onDidAccept(() => {
      const typed = withoutEnd(pick.value.trim(), "/");
      const labels = pick.selectedItems.map(({ label }) => label);
      resolve([...new Set(isOrigin(typed) ? [...labels, typed] : labels)]);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function isOrigin(text: string): boolean {
  return text === "null" || /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+$/i.test(text);
}
