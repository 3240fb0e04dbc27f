/**
 * What somebody typed or pasted for a URL, with the scheme that people leave out: `api.example.com/orders` is meant to be
 * asked over https, this machine over http. What looks like no host stays as it is.
 */
export function typedUrl(text: string): string {
  const trimmed = text.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return trimmed;
  if (/^(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?#]|$)/i.test(trimmed)) return `http://${trimmed}`;
  const host = /^[^\s:/?#]+/.exec(trimmed)?.[0] ?? "";
  const labels = host.split(".");
  const isHost = labels.length > 1 && labels.every((label) => /^[\w\p{L}-]+$/u.test(label));
  return isHost && !trimmed.includes(" ") ? `https://${trimmed}` : trimmed;
}
