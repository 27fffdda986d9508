const header = /-----BEGIN ?(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** How far behind its header a key's first lines are looked for, in UTF-16 units. */
const within = 800;

/**
 * Whether a text holds a private key in PEM or armoured form, whole or cut off: also those that secretlint's rule
 * passes over because they are short (Ed25519 has 64 characters), encrypted, or begin with other bytes than `MI`
 * (RFC 5915 keys on P-256 begin with `MHc`). Line ends may be written as `\n`.
 */
export function holdsPrivateKey(text: string): boolean {
  for (const match of text.matchAll(header)) {
    const from = match.index + match[0].length;
    const body = text
      .slice(from, from + within)
      .replace(/\\[nrt]/g, '\n')
      .split('-----')[0];
    const encoded = (body ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^[A-Za-z0-9+/=]+$/.test(line))
      .join('');
    // A placeholder repeats itself: `xxxx…`, `AAAA…`.
    if (encoded.length >= 48 && new Set(encoded).size >= 12) return true;
  }
  return false;
}
