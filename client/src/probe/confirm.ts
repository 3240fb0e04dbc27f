/** Nothing is sent before the user has seen to whom, what and how much. */
import { env, l10n, type QuickPickItem, type SecretStorage, ThemeIcon, window } from "vscode";
import type { ChosenRequest, ProbePreview } from "../../../shared/src/protocol";

/** What the user agreed to. */
export interface Consent {
  /** `Name: value`, for this host only. */
  readonly headers: readonly string[];
  readonly own: boolean;
  /** Requests that may change data, picked one by one and never remembered. */
  readonly send: readonly ChosenRequest[];
}

interface Choice extends QuickPickItem {
  readonly does: "send" | "sendWithHeader" | "newHeader" | "forget" | "own" | "pick";
}

/** Shows hosts, methods and the number of requests. `undefined`: do not send. */
export async function confirm(
  preview: ProbePreview,
  secrets: SecretStorage,
  send: readonly ChosenRequest[] = [],
): Promise<Consent | undefined> {
  const host = preview.hosts.join(", ");
  const key = keyOf(host);
  const stored = await secrets.get(key);
  const choice = await window.showQuickPick(choices(preview, send, stored !== undefined), {
    title: l10n.t("Send at most {0} requests to {1}?", preview.maxRequests, host),
    placeHolder: l10n.t("Nothing has been sent yet. Escape sends nothing."),
    ignoreFocusOut: true,
  });
  switch (choice?.does) {
    case "send":
      return { headers: [], own: false, send };
    case "own":
      return { headers: [], own: true, send };
    case "sendWithHeader":
      return stored === undefined ? undefined : { headers: [stored], own: false, send };
    case "newHeader":
      return askHeader(host, key, secrets, send);
    case "forget":
      await secrets.delete(key);
      return confirm(preview, secrets, send);
    case "pick":
      return confirm(preview, secrets, (await pickRequests(preview, send)) ?? send);
    default:
      return undefined;
  }
}

interface RequestItem extends QuickPickItem {
  readonly request: ChosenRequest;
}

/** None is picked at first; each shows its bytes. `undefined`: everything stays as it was. */
async function pickRequests(
  { withheld }: ProbePreview,
  picked: readonly ChosenRequest[],
): Promise<readonly ChosenRequest[] | undefined> {
  const items = withheld.map(({ method, url, bytes }): RequestItem => {
    const label = `${method} ${url}`;
    const isPicked = picked.some((each) => each.method === method && each.url === url);
    const detail = bytes.trim().split(/\n\s*/).slice(1).join(" · ");
    return { label, detail, picked: isPicked, request: { method, url } };
  });
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Requests that may change data: each is sent once, without a body"),
    placeHolder: l10n.t("Pick only what may really happen"),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ request }) => request);
}

function choices(
  preview: ProbePreview,
  send: readonly ChosenRequest[],
  hasSecret: boolean,
): Choice[] {
  const { hosts, sends, maxRequests, routes, skipped, withheld } = preview;
  const host = hosts.join(", ");
  const more = skipped > 0 ? l10n.t(", {0} more do not fit", skipped) : "";
  const where = env.remoteName === undefined ? "" : l10n.t(" Sent from {0}.", env.remoteName);
  const what = l10n.t("{0} only, {1} routes{2}.", sends.join(l10n.t(" and ")), routes, more);
  const agreed = send.map(({ method, url }) => `${method} ${url}`).join(", ");
  const changes = agreed === "" ? "" : ` ${l10n.t("Besides, once each: {0}.", agreed)}`;
  const always: Choice[] = [
    {
      does: "send",
      label: l10n.t("Send at most {0} requests", maxRequests),
      description: host,
      detail: `${what}${changes} ${l10n.t("No credentials, no other hosts.")}${where}`,
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
  const pick: Choice[] =
    withheld.length === 0
      ? []
      : [
          {
            does: "pick",
            label: l10n.t("Choose requests that may change data…"),
            detail:
              agreed === ""
                ? l10n.t("None of {0} is sent unless you pick it.", methodsOf(withheld))
                : l10n.t("Picked: {0}", agreed),
            iconPath: new ThemeIcon("warning"),
          },
        ];
  return [...always, ...header, ...pick];
}

function methodsOf(requests: readonly ChosenRequest[]): string {
  return [...new Set(requests.map(({ method }) => method))].join(", ");
}

async function askHeader(
  host: string,
  key: string,
  secrets: SecretStorage,
  send: readonly ChosenRequest[],
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
  return { headers: [header], own: false, send };
}

function keyOf(origin: string): string {
  return `corsLens.probe ${origin}`;
}
