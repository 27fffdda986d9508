/**
 * The panel's page: one script and one style sheet of the extension's own, nothing inline, nothing from outside.
 * @param nonce fresh for each page
 */
export function savingsHtml(page: {
  readonly nonce: string;
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
  readonly title: string;
}): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource} 'nonce-${page.nonce}'`,
    `font-src ${page.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(page.language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" nonce="${page.nonce}" href="${escaped(page.style)}">
  <title>${escaped(page.title)}</title>
</head>
<body>
  <main id="panel" aria-busy="true"></main>
  <script nonce="${page.nonce}" src="${escaped(page.script)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
