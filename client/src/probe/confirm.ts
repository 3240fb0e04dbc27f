/** Nothing is sent before the user has seen to whom, what and how much. */
import { env, l10n, type QuickPickItem, type SecretStorage, ThemeIcon, window } from "vscode";
import type { ProbePreview } from "../../../shared/src/protocol";

/** What the user agreed to. */
export interface Consent {
  /** `Name: value`, for this host only. */
  readonly headers: readonly string[];
  readonly own: boolean;
}

interface Choice extends QuickPickItem {
  readonly does: "send" | "sendWithHeader" | "newHeader" | "forget" | "own";
}

/** Shows hosts, methods and the number of requests. `undefined`: do not send. */
export async function confirm(
  preview: ProbePreview,
  secrets: SecretStorage,
): Promise<Consent | undefined> {
  const host = preview.hosts.join(", ");
  const key = keyOf(host);
  const stored = await secrets.get(key);
  const choice = await window.showQuickPick(choices(preview, stored !== undefined), {
    title: l10n.t("Send at most {0} requests to {1}?", preview.maxRequests, host),
    placeHolder: l10n.t("Nothing has been sent yet. Escape sends nothing."),
    ignoreFocusOut: true,
  });
  switch (choice?.does) {
    case "send":
      return { headers: [], own: false };
    case "own":
      return { headers: [], own: true };
    case "sendWithHeader":
      return stored === undefined ? undefined : { headers: [stored], own: false };
    case "newHeader":
      return askHeader(host, key, secrets);
    case "forget":
      await secrets.delete(key);
      return confirm(preview, secrets);
    default:
      return undefined;
  }
}

function choices(preview: ProbePreview, hasSecret: boolean): Choice[] {
  const { hosts, sends, maxRequests, routes, skipped } = preview;
  const host = hosts.join(", ");
  const more = skipped > 0 ? l10n.t(", {0} more do not fit", skipped) : "";
  const where = env.remoteName === undefined ? "" : l10n.t(" Sent from {0}.", env.remoteName);
  const what = l10n.t("{0} only, {1} routes{2}.", sends.join(l10n.t(" and ")), routes, more);
  const always: Choice[] = [
    {
      does: "send",
      label: l10n.t("Send at most {0} requests", maxRequests),
      description: host,
      detail: `${what} ${l10n.t("No credentials, no redirects to other hosts.")}${where}`,
      iconPath: new ThemeIcon("play"),
    },
    {
      does: "own",
      label: l10n.t("The host is mine: also try to get past its allow-list"),
      detail: l10n.t("Asks with made-up origins that resemble the page's."),
      iconPath: new ThemeIcon("shield"),
    },
  ];
  const header: Choice[] = hasSecret
    ? [
        {
          does: "sendWithHeader",
          label: l10n.t("Send with the stored header"),
          detail: l10n.t("Goes to {0} with GET only; never in preflights or redirects.", host),
          iconPath: new ThemeIcon("key"),
        },
        {
          does: "forget",
          label: l10n.t("Forget the stored header"),
          iconPath: new ThemeIcon("trash"),
        },
      ]
    : [
        {
          does: "newHeader",
          label: l10n.t("Send with a secret header…"),
          detail: l10n.t("Kept in the secret storage for exactly {0}, and in no report.", host),
          iconPath: new ThemeIcon("key"),
        },
      ];
  return [...always, ...header];
}

async function askHeader(
  host: string,
  key: string,
  secrets: SecretStorage,
): Promise<Consent | undefined> {
  const header = await window.showInputBox({
    title: l10n.t("Header for {0} only", host),
    prompt: l10n.t("Authorization: Bearer …"),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[\w-]+:\s*\S/.test(text) ? undefined : l10n.t("Write Name: value."),
  });
  if (header === undefined) return undefined;
  await secrets.store(key, header);
  return { headers: [header], own: false };
}

function keyOf(origin: string): string {
  return `corsLens.probe ${origin}`;
}
