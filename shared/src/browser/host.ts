/**
 * The host parser of the URL standard, as far as origins need it: IPv4 in its many spellings, IPv6,
 * and domains with Unicode labels (lower-cased, NFKC, Punycode; not the whole of UTS 46).
 */

const FORBIDDEN_DOMAIN = /[\0-\x20#%/:<>?@[\\\]^|\x7f]/;

/** The serialized host, or null when it does not parse. `[…]` is IPv6. */
export function parseHost(input: string): string | null {
  if (input.startsWith("[")) {
    if (!input.endsWith("]")) return null;
    const pieces = parseIpv6(input.slice(1, -1));
    return pieces === null ? null : `[${serializeIpv6(pieces)}]`;
  }
  const decoded = percentDecode(input);
  if (decoded === null) return null;
  const ascii = domainToAscii(decoded);
  if (ascii === null || ascii === "" || FORBIDDEN_DOMAIN.test(ascii)) return null;
  return endsInNumber(ascii) ? parseIpv4(ascii) : ascii;
}

/** The eight 16-bit pieces of an IPv6 address without brackets, or null. */
export function parseIpv6(input: string): number[] | null {
  const halves = input.split("::");
  if (halves.length > 2) return null;
  const head = ipv6Pieces(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? ipv6Pieces(halves[1] ?? "", true) : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...head, ...Array<number>(missing).fill(0), ...tail];
}

/** The four bytes of a dotted-decimal IPv4 address, or null for every other spelling. */
export function parseDottedIpv4(input: string): number[] | null {
  const parts = input.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function ipv6Pieces(input: string, mayEndInIpv4: boolean): number[] | null {
  if (input === "") return [];
  const pieces: number[] = [];
  const parts = input.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      pieces.push(parseInt(part, 16));
      continue;
    }
    const bytes = mayEndInIpv4 && index === parts.length - 1 ? parseDottedIpv4(part) : null;
    if (bytes === null) return null;
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    pieces.push((a << 8) | b, (c << 8) | d);
  }
  return pieces;
}

function serializeIpv6(pieces: readonly number[]): string {
  const run = longestZeroRun(pieces);
  const hex = (part: readonly number[]) => part.map((piece) => piece.toString(16)).join(":");
  if (run.length < 2) return hex(pieces);
  return `${hex(pieces.slice(0, run.start))}::${hex(pieces.slice(run.start + run.length))}`;
}

function longestZeroRun(pieces: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < pieces.length; start++) {
    let length = 0;
    while (pieces[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

function endsInNumber(host: string): boolean {
  const labels = host.split(".");
  if (labels.at(-1) === "" && labels.length > 1) labels.pop();
  return /^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? "");
}

/** IPv4 as the URL standard reads it: hexadecimal, octal and fewer than four parts are allowed. */
function parseIpv4(host: string): string | null {
  const parts = host.split(".");
  if (parts.at(-1) === "" && parts.length > 1) parts.pop();
  const numbers = parts.map(parseIpv4Number);
  if (parts.length > 4 || numbers.some((number) => number === null)) return null;
  const values = numbers as number[];
  const last = values.pop() ?? 0;
  if (values.some((value) => value > 255) || last >= 256 ** (4 - values.length)) return null;
  const address = values.reduce((sum, value, index) => sum + value * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

function parseIpv4Number(part: string): number | null {
  if (/^0x[0-9a-f]*$/i.test(part)) return part.length === 2 ? 0 : parseInt(part, 16);
  if (/^0[0-7]+$/.test(part)) return parseInt(part, 8);
  return /^\d+$/.test(part) && !/^0\d/.test(part) ? Number(part) : null;
}

function percentDecode(input: string): string | null {
  try {
    return input.includes("%") ? decodeURIComponent(input) : input;
  } catch {
    // Bytes that are no UTF-8 decode to U+FFFD, which no domain may contain.
    return null;
  }
}

function domainToAscii(domain: string): string | null {
  const mapped = domain.normalize("NFKC").toLowerCase();
  const labels = mapped.split(/[.\u3002]/).map((label) => {
    return /^[\0-\x7f]*$/.test(label) ? label : `xn--${punycode(label)}`;
  });
  return mapped.includes("\ufffd") ? null : labels.join(".");
}

/** RFC 3492 with the parameters of IDNA. */
function punycode(label: string): string {
  const points = Array.from(label, (char) => char.codePointAt(0) ?? 0);
  let output = points.filter((point) => point < 128).map((point) => String.fromCharCode(point));
  const basic = output.length;
  if (basic > 0) output = [...output, "-"];
  let [next, delta, bias, handled] = [128, 0, 72, basic];
  while (handled < points.length) {
    const least = Math.min(...points.filter((point) => point >= next));
    delta += (least - next) * (handled + 1);
    next = least;
    for (const point of points) {
      if (point < next) delta++;
      if (point !== next) continue;
      output.push(punycodeNumber(delta, bias));
      bias = punycodeBias(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    next++;
  }
  return output.join("");
}

function punycodeNumber(delta: number, bias: number): string {
  const digit = (value: number) => String.fromCharCode(value < 26 ? value + 97 : value + 22);
  let text = "";
  let rest = delta;
  for (let k = 36; ; k += 36) {
    const threshold = Math.min(Math.max(k - bias, 1), 26);
    if (rest < threshold) return text + digit(rest);
    text += digit(threshold + ((rest - threshold) % (36 - threshold)));
    rest = Math.floor((rest - threshold) / (36 - threshold));
  }
}

function punycodeBias(delta: number, points: number, first: boolean): number {
  let value = Math.floor(delta / (first ? 700 : 2));
  value += Math.floor(value / points);
  let k = 0;
  for (; value > 455; k += 36) value = Math.floor(value / 35);
  return k + Math.floor((36 * value) / (value + 38));
}
