/** One file's part of a diff as git writes it with `a/` and `b/`. */
export interface DiffSection {
  /** Its path now, then the one that it had before; relative to the repository. */
  readonly paths: readonly string[];
  readonly text: string;
}

/** Splits what `git diff` wrote; what stands before the first file is dropped. */
export function diffSections(diff: string): readonly DiffSection[] {
  // A line of a file begins with a blank, `+`, `-` or `\`, so that these words at a line's start are git's own.
  const starts = [...diff.matchAll(/^(?:diff --(?:git|cc|combined) |\* Unmerged path )/gm)].map(
    ({ index }) => index,
  );
  return starts.map((start, at) => {
    const text = diff.slice(start, starts[at + 1]).replace(/\n+$/, '');
    return { paths: pathsOf(text), text };
  });
}

function pathsOf(section: string): readonly string[] {
  const [first = '', ...rest] = section.split('\n');
  const head = rest.slice(
    0,
    Math.max(
      0,
      rest.findIndex((line) => line.startsWith('@@')),
    ) || rest.length,
  );
  const said = (pattern: RegExp) =>
    head.flatMap((line) => {
      const path = pattern.exec(line)?.[1];
      return path === undefined || path === '/dev/null' ? [] : [unquoted(path)];
    });
  const now = [
    ...said(/^rename to (.+)$/),
    ...said(/^copy to (.+)$/),
    ...side(said(/^\+\+\+ (.+?)\t?$/), 'b/'),
  ];
  const before = [...said(/^rename from (.+)$/), ...side(said(/^--- (.+?)\t?$/), 'a/')];
  const found = [...new Set([...now, ...before])];
  return found.length > 0 ? found : ofFirstLine(first);
}

function side(paths: readonly string[], prefix: string): readonly string[] {
  return paths.map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path));
}

/** `diff --git a/x b/x`: both are the same where nothing else names them. */
function ofFirstLine(line: string): readonly string[] {
  const one = /^(?:diff --(?:cc|combined)|\* Unmerged path) (.+)$/.exec(line)?.[1];
  if (one !== undefined) return [unquoted(one)];
  const both = line.slice('diff --git '.length);
  if (both.startsWith('"')) {
    const quoted = /^"(?:[^"\\]|\\.)*"/.exec(both)?.[0];
    return quoted === undefined ? [] : side([unquoted(quoted)], 'a/');
  }
  return side([both.slice(0, (both.length - 1) / 2)], 'a/');
}

const escapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** A path as git quotes it in C's manner where it has odd characters. */
export function unquoted(path: string): string {
  if (path.length < 2 || !path.startsWith('"') || !path.endsWith('"')) return path;
  const bytes: Buffer[] = [];
  for (const [piece, octal, letter] of path.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/gs)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8) & 255]));
    else if (letter !== undefined) bytes.push(Buffer.from([escapes[letter] ?? letter.charCodeAt(0)]));
    else bytes.push(Buffer.from(piece));
  }
  return Buffer.concat(bytes).toString('utf8');
}
