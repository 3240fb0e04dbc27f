/** What stands in a page of a webview. */
export interface PageParts {
  readonly title: string;
  readonly style: string;
  readonly body: string;
  readonly script: string;
}

/** A page whose script and style run by `nonce` only, and which loads nothing. */
export function strictPage({ title, style, body, script }: PageParts, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

/** Servers wrote parts of this: nothing of it may become markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${String(char.charCodeAt(0))};`);
}
