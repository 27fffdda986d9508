/** UTF-16 units of a prompt that are looked at: what is asked stands at its beginning or its end. */
const head = 6000;
const tail = 2000;

/** The beginning and the end of a text, at most 8,001 units, whatever its length. */
export function bounded(text: string): string {
  return text.length <= head + tail ? text : `${text.slice(0, head)}\n${text.slice(-tail)}`;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * What the developer says in words of their own: code fences, indented code, quoted lines, quoted passages and inline
 * code are left out, save a single word in quotes or backticks ("use `codellama:13b`"). Time grows with the text up
 * to 8 KB and no further.
 */
export function ownWords(text: string): string {
  const kept: string[] = [];
  let open: string | undefined;
  for (const line of bounded(text).split(/\r\n|\r|\n/)) {
    const mark = fence.exec(line)?.[1];
    if (open !== undefined) {
      if (mark?.startsWith(open)) open = undefined;
      continue;
    }
    if (mark !== undefined) {
      open = mark;
      continue;
    }
    if (/^ {0,3}>/.test(line) || /^(?: {4,}|\t)/.test(line)) continue;
    kept.push(
      line.replace(/`([^`]*)`|"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”]/g, (whole) => {
        const inner = whole.slice(1, -1).trim();
        return /^[^\s]{1,60}$/.test(inner) ? ` ${inner} ` : ' ';
      }),
    );
  }
  return kept.join('\n');
}
