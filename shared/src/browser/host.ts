/** IP addresses as text. Hosts of URLs are parsed by the platform; see `url.ts`. */

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
