/** The tool that sends something. */
import { typedUrl } from "../../../shared/src/base/typed-url";
import { UserError } from "../commands/command";
import { PlanError, probe, type ProbeOptions, probeReportText } from "../probe";
import type { Answer, Consent, ProbeRequest } from "./actions";

/**
 * Three things have to come together: the URL in the call, its host repeated, and, where the client can ask its user,
 * the user's own yes. Hosts that are not public are asked only after that yes, so that an agent that was talked into it
 * cannot look around in a private network.
 */
export async function probeWith(
  { url, confirmedHost, origins, methods, headers, credentials }: ProbeRequest,
  consent: Consent,
  signal: AbortSignal,
): Promise<Answer> {
  const { host, href } = agreedUrl(url, confirmedHost);
  const agreed = await consent(host);
  if (agreed === false) {
    throw new UserError(`Nothing was sent: the user did not agree to requests to ${host}.`);
  }
  const options: ProbeOptions = {
    endpoint: href,
    typed: agreed ?? false,
    signal,
    ...(origins ? { origins } : {}),
    ...(methods ? { methods } : {}),
    ...(headers ? { headers: headers.map(nameOnly) } : {}),
    ...(credentials === undefined ? {} : { credentials }),
  };
  try {
    const report = await probe(options);
    const { verdicts, findings, requests } = report;
    return { text: probeReportText(report), data: { requests, verdicts, findings } };
  } catch (error) {
    if (error instanceof PlanError) throw new UserError(error.message);
    throw error;
  }
}

/** The URL as it will be asked. What it is parsed to is what the user is told and what is sent: there is no second host. */
function agreedUrl(url: string, confirmedHost: string): URL {
  const whole = typedUrl(url);
  if (!URL.canParse(whole)) throw new UserError(`"${url}" is no URL.`);
  const parsed = new URL(whole);
  const { host, hostname, protocol } = parsed;
  if (protocol !== "https:" && protocol !== "http:") {
    throw new UserError(`Only http and https are probed, not ${protocol}`);
  }
  if (![host, hostname].includes(confirmedHost.trim().toLowerCase())) {
    throw new UserError(
      `Nothing was sent. Ask the user whether requests may be sent to ${host}; if so, call again with confirmedHost "${host}".`,
    );
  }
  return parsed;
}

/** A value could be a secret that an agent happened to read. */
function nameOnly(header: string): string {
  return header.split(":", 1)[0]?.trim() ?? "";
}
