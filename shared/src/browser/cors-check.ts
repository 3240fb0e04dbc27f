/** The standard's "CORS check", used on the preflight response and on every actual response. */
import { getAllHeaders, getHeader } from "./headers";
import type { HeaderList } from "./bytes";
import type { Credentials } from "./types";
import type { Profile } from "./profile";

/** What is wrong with a response, in the order of the check. */
export type CorsFault =
  | { readonly check: "allow-origin-present" }
  | { readonly check: "allow-origin-not-wildcard" }
  | { readonly check: "allow-origin-single"; readonly value: string }
  | { readonly check: "allow-origin-match"; readonly value: string }
  | { readonly check: "allow-credentials"; readonly value: string };

/**
 * All faults, not only the first: a response without either header fails in origin and in
 * credentials. None means that the response passes. Only credentials mode `include` asks for
 * Access-Control-Allow-Credentials; whether a cookie exists does not matter.
 */
export function corsCheck(
  origin: string,
  credentials: Credentials,
  headers: HeaderList,
  profile: Profile,
): CorsFault[] {
  const faults: CorsFault[] = [];
  const value = allowOrigin(headers, profile);
  if (value === null) faults.push({ check: "allow-origin-present" });
  else if (value === "*") {
    if (credentials === "include") faults.push({ check: "allow-origin-not-wildcard" });
  } else if (value !== origin) {
    const several = /[ ,]/.test(value);
    faults.push({ check: several ? "allow-origin-single" : "allow-origin-match", value });
  }
  if (credentials === "include") {
    const allowed = getHeader(headers, "Access-Control-Allow-Credentials") ?? "";
    if (allowed !== "true") faults.push({ check: "allow-credentials", value: allowed });
  }
  return faults;
}

function allowOrigin(headers: HeaderList, profile: Profile): string | null {
  const name = "Access-Control-Allow-Origin";
  if (!profile.ignoresEmptyOriginLines) return getHeader(headers, name);
  const values = getAllHeaders(headers, name);
  const filled = values.filter((value) => value !== "");
  return values.length === 0 ? null : filled.join(", ");
}
