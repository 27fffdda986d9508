import type { Secret } from './assignedSecrets.ts';

const header = /-----BEGIN ?(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const footer = /-----END ?(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
/** How far behind its header a key's first lines are looked for, in UTF-16 units. */
const within = 800;
/** The longest key that is taken as one piece: RSA with 16,384 bits has 12,700 characters. */
const longest = 20_000;

/**
 * Private keys in PEM or armoured form, whole or cut off: also those that secretlint's rule passes over because they
 * are short (Ed25519 has 64 characters), encrypted, or begin with other bytes than `MI` (RFC 5915 keys on P-256 begin
 * with `MHc`). Line ends may be written as `\n`.
 */
export function privateKeys(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const match of text.matchAll(header)) {
    if (match.index < (found.at(-1)?.end ?? 0)) continue;
    const from = match.index + match[0].length;
    const body = text.slice(from, from + within).split('-----')[0] ?? '';
    const encoded = linesOf(body)
      .filter((line) => /^[A-Za-z0-9+/=]+$/.test(line))
      .join('');
    // A placeholder repeats itself: `xxxx…`, `AAAA…`.
    if (encoded.length < 48 || new Set(encoded).size < 12) continue;
    found.push({ kind: 'privatekey', start: match.index, end: endOf(text, from) });
  }
  return found;
}

function linesOf(body: string): readonly string[] {
  return body
    .replace(/\\[nrt]/g, '\n')
    .split('\n')
    .map((line) => line.trim());
}

/** Where the key ends: behind its footer, or with the last line that may be a part of it. */
function endOf(text: string, from: number): number {
  const behind = text.slice(from, from + longest);
  const closing = footer.exec(behind);
  if (closing) return from + closing.index + closing[0].length;
  const body = /^(?:\\[nrt]|\s|[A-Za-z0-9+/=]{20,}|(?:Proc-Type|DEK-Info|Version|Comment)[^\n\\"]*)*/.exec(
    behind,
  );
  return from + (body?.[0].trimEnd().length ?? 0);
}
