import type { Fix } from "../finding";
import type { SetCookie } from "../model/cookie";
import type { CorsModel, Handler, ResponsePath } from "../model/model";
import { isNotBrowserFacing } from "../model/query/exposure";
import { allowsCredentials, apiOf, policiesOf } from "../model/query/platform";
import { ALLOW_CREDENTIALS, headersNamed } from "../model/query/responses";
import { texts } from "./lib/answers";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/**
 * A cookie that an API sets for pages of another site, without what browsers ask for (RFC 6265bis, 5.5 and 5.7). A host
 * that AWS gives out is a site of its own: its parent is a public suffix.
 */
export const rule: Rule = {
  id: "cross-site-cookie-refused",
  summary:
    "A cookie for pages of another site lacks `SameSite=None` or `Secure`: browsers do not keep it.",
  severity: "warning",
  *check(model) {
    for (const { handler, response } of webAnswers(model)) {
      if (!wantsCredentials(handler, response, model)) continue;
      for (const cookie of response.cookies ?? []) {
        const fault = faultOf(cookie, isCrossSite(handler, model));
        if (fault === undefined) continue;
        yield {
          at: cookie.at,
          message: twoLineMessage(fault.browser, fault.why),
          related:
            response.at.file === cookie.at.file
              ? []
              : [{ at: response.at, message: "It is sent with this response." }],
          fixes: fixes(cookie, fault.lacks),
        };
      }
    }
  },
};

/** The answers of all handlers of requests, whoever writes their CORS headers. */
function* webAnswers(model: CorsModel): Iterable<{ handler: Handler; response: ResponsePath }> {
  for (const handler of model.handlers) {
    if (handler.notHttp !== undefined || isNotBrowserFacing(handler, model)) continue;
    for (const response of handler.responses) yield { handler, response };
  }
}

/** Pages are meant to send the cookie back: the answer or a policy allows credentials. */
function wantsCredentials(handler: Handler, response: ResponsePath, model: CorsModel): boolean {
  const allowed = texts(headersNamed(response, ALLOW_CREDENTIALS)).includes("true");
  return (
    allowed ||
    handler.bindings.some(({ api }) => {
      const found = apiOf(api, model);
      return found !== undefined && policiesOf(found).some(allowsCredentials);
    })
  );
}

/** Every page of another origin is on another site than all addresses of the handler. */
function isCrossSite({ bindings }: Handler, model: CorsModel): boolean {
  const apis = bindings.map(({ api }) => apiOf(api, model));
  return (
    apis.length > 0 && apis.every((api) => api?.onlyAwsAddresses && api.behaviors.length === 0)
  );
}

interface Fault {
  readonly browser: string;
  readonly why: string;
  /** What may be written behind the text. */
  readonly lacks: readonly string[];
}

const elsewhere =
  "A name of the page's own site for the API does without it, also where browsers keep no cookies of other sites.";

function faultOf({ attributes, complete }: SetCookie, crossSite: boolean): Fault | undefined {
  const named = (name: string) => attributes.find((attribute) => attribute.name === name);
  const [site, secure] = [named("samesite"), named("secure")];
  const value = site?.value?.toLowerCase();
  if (value === "none") {
    if (secure !== undefined || !complete) return undefined;
    return {
      browser: "The browser refuses this cookie: SameSite=None without Secure.",
      why: "What goes to other sites has to be Secure. Add Secure.",
      lacks: ["Secure"],
    };
  }
  // A domain of one's own: the API is reached by a name that is not seen.
  if (!crossSite || named("domain") !== undefined) return undefined;
  if (value === "lax" || value === "strict")
    return {
      browser: "The browser does not keep this cookie: the page is on another site than the API.",
      why: `SameSite=${site?.value ?? ""} is for pages of the API's own site. Send SameSite=None; Secure. ${elsewhere}`,
      lacks: [],
    };
  if (site !== undefined || !complete) return undefined;
  return {
    browser: "Chromium does not keep this cookie: the page is on another site than the API.",
    why: `Without SameSite it takes it for Lax. Send SameSite=None; Secure. ${elsewhere}`,
    lacks: ["SameSite=None", ...(secure ? [] : ["Secure"])],
  };
}

function fixes({ at, text }: SetCookie, lacks: readonly string[]): readonly Fix[] {
  if (!text || lacks.length === 0) return [];
  const added = lacks.join("; ");
  return [
    {
      title: `Add ${added}`,
      safety: "review",
      edits: [{ kind: "appendText", at, text: `; ${added}` }],
    },
  ];
}
