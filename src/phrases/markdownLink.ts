/** What may not stand in a link's text: it would end the link, open another construct, or split a table's cell. */
const notInLabel = /[[<\\$|\n]/;
const notInUrl = /[\s()<>"'`\\[\]|$^{}]/;
const longestLabel = 500;
const longestUrl = 2000;
const longestTitle = 200;

export type LinkHere =
  | { readonly found: 'link'; readonly length: number; readonly markdown: string }
  /** What follows decides, and it is not there yet. */
  | { readonly found: 'more' }
  | { readonly found: 'none' };

const none: LinkHere = { found: 'none' };
const more: LinkHere = { found: 'more' };

function safeLink(label: string, url: string, length: number): LinkHere {
  let host: string;
  try {
    host = new URL(url).host;
  } catch {
    return none;
  }
  if (!/^[\w.:[\]-]+$/.test(host)) return none;
  const shown = label.toLowerCase().includes(host.toLowerCase()) ? '' : ` (${host.replaceAll('[', '\\[')})`;
  return { found: 'link', length, markdown: `[${label}](${url.replaceAll('&', '&amp;')})${shown}` };
}

/**
 * An inline link to http or https that begins with the `[` at `start` and ends on its line. Its title is dropped and
 * its host is shown where the label does not name it.
 *
 * @param whole whether the line ends with `text`; otherwise the answer may be `more`
 */
export function linkAt(text: string, start: number, whole: boolean): LinkHere {
  let at = start + 1;
  const ended = () => (at >= text.length ? (whole ? none : more) : undefined);

  let inCode = false;
  for (; ; at++) {
    const end = ended();
    if (end) return end;
    const character = text.charAt(at);
    if (character === ']' && !inCode) break;
    if (character === ']' || notInLabel.test(character) || at - start > longestLabel) return none;
    if (character !== '`') continue;
    if (text.charAt(at + 1) === '`' || text.charAt(at - 1) === '`') return none;
    inCode = !inCode;
  }
  const label = text.slice(start + 1, at);
  if (label.trim() === '') return none;

  at += 1;
  for (const expected of '(') {
    const end = ended();
    if (end) return end;
    if (text.charAt(at) !== expected) return none;
    at += 1;
  }

  const urlStart = at;
  for (; ; at++) {
    const end = ended();
    if (end) return end;
    if (notInUrl.test(text.charAt(at))) break;
    if (at - urlStart > longestUrl) return none;
  }
  const url = text.slice(urlStart, at);
  if (!/^https?:\/\/[^/]/i.test(url)) return none;

  if (text.charAt(at) === ' ') {
    at += 1;
    const opening = ended();
    if (opening) return opening;
    if (text.charAt(at) !== '"') return none;
    at += 1;
    const titleStart = at;
    for (; ; at++) {
      const end = ended();
      if (end) return end;
      if (text.charAt(at) === '"') break;
      if (/[\\`<\n]/.test(text.charAt(at)) || at - titleStart > longestTitle) return none;
    }
    at += 1;
    const closing = ended();
    if (closing) return closing;
  }
  if (text.charAt(at) !== ')') return none;
  return safeLink(label, url, at + 1 - start);
}
