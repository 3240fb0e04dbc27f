/** Console sentences without what differs from case to case. */

/** Values, header names and methods go; what Chromium complains about stays. */
export function form(sentence: string): string {
  return sentence
    .replace(/^.*has been blocked by CORS policy: /, "")
    .replace(/\b(values?|is) '[^']*'/g, "$1")
    .replace(/Request header field \S+/, "Request header field")
    .replace(/Method \S+ is/, "Method is");
}

/** The console says what the rule quotes; the quotation may leave out what comes before. */
export function saysSo(line: string, quoted: string): boolean {
  return form(line).endsWith(form(quoted)) || form(line).includes(form(quoted));
}
