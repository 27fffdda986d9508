import { boundName, readImport, writeImport } from '../tests/scriptImport.ts';

/** What begins an import in a language, at a line's start. */
const forms: Readonly<Record<string, RegExp>> = {
  script: /^(?:import\s+(?:[\w$*{'"]|type\b)|(?:const|let|var)\s+[^=\n]+=\s*require\()/,
  python: /^(?:import\s+\w|from\s+[.\w]+\s+import\b)/,
  go: /^import\b/,
  java: /^import\s/,
  csharp: /^(?:global\s+)?using\s+(?:static\s+)?[\w.]+(?:\s*=\s*[^;]+)?;/,
  rust: /^use\s/,
  php: /^use\s+[\w\\]/,
  cpp: /^#\s*include\b/,
  c: /^#\s*include\b/,
  ruby: /^require(?:_relative)?[\s(]/,
};

/** What may stand before and between imports. */
const between =
  /^\s*(?:$|\/\/|\/?\*|#(?!\s*include)|package\b|<\?php|'use strict'|"use strict"|namespace\s[^{]*;|declare\b|#pragma)/;

function formOf(languageId: string): RegExp | undefined {
  return forms[/^(?:type|java)script/.test(languageId) ? 'script' : languageId];
}

interface Statement {
  readonly text: string;
  /** 0-based lines, the last one included. */
  readonly from: number;
  readonly to: number;
}

/** The import statements that a text begins with. */
function leading(text: string, languageId: string): readonly Statement[] {
  const form = formOf(languageId);
  if (!form) return [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const found: Statement[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (form.test(line)) {
      const to = endOf(lines, at);
      found.push({ text: lines.slice(at, to + 1).join('\n'), from: at, to });
      at = to;
    } else if (remark.test(line)) at = endOfRemark(lines, at);
    else if (!between.test(line)) break;
  }
  return found;
}

/** A comment of several lines, or a module's docstring. */
const remark = /^\s*(?:\/\*|[rRuU]?"""|[rRuU]?''')/;

function endOfRemark(lines: readonly string[], from: number): number {
  const line = (lines[from] ?? '').trim();
  const close = line.startsWith('/*') ? '*/' : line.includes('"""') ? '"""' : "'''";
  const opened = line.replace(/^[rRuU]?(?:\/\*|"""|''')/, '');
  if (opened.includes(close)) return from;
  const end = lines.findIndex((one, at) => at > from && one.includes(close));
  return end === -1 ? from : end;
}

/** The line on which a statement's brackets are closed. */
function endOf(lines: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < Math.min(lines.length, from + 60); at += 1) {
    for (const character of lines[at] ?? '')
      depth += '({['.includes(character) ? 1 : ')}]'.includes(character) ? -1 : 0;
    if (depth <= 0) return at;
  }
  return from;
}

/** An answer's code without the imports that it begins with. */
export function withoutImports(text: string, languageId: string): string {
  const last = leading(text, languageId).at(-1);
  if (!last) return text;
  return text
    .split('\n')
    .slice(last.to + 1)
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '');
}

/** Where a file's imports are put, and in what words; undefined where there is nothing to add. */
export interface AddedImports {
  /** Offset in the file. */
  readonly at: number;
  readonly text: string;
}

/**
 * The imports that an answer gives for its piece and the file does not have yet, to go behind the file's own: what the
 * piece does not use is left out.
 */
export function addedImports(
  before: string,
  answer: string,
  piece: string,
  languageId: string,
): AddedImports | undefined {
  const own = leading(before, languageId);
  const known = new Set(own.flatMap(({ text }) => each(text, languageId)).map(squeezed));
  const fresh = leading(answer, languageId)
    .flatMap(({ text }) => each(text, languageId))
    .filter((text) => !known.has(squeezed(text)) && isUsed(text, piece))
    .flatMap((text) => withoutBound(text, own, languageId));
  if (fresh.length === 0) return undefined;
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const block = [...new Set(fresh)].flatMap((text) => text.split('\n')).join(eol) + eol;
  const last = own.at(-1);
  if (last) return { at: startOfLine(before, last.to + 1), text: block };
  const head = headLines(before, languageId);
  return { at: startOfLine(before, head), text: head > 0 ? `${eol}${block}` : `${block}${eol}` };
}

/** A Go block is one statement for each of its lines. */
function each(text: string, languageId: string): readonly string[] {
  if (languageId !== 'go') return [text.trimEnd()];
  return [...text.matchAll(/(?:([\w.]+)\s+)?("[^"\n]+")/g)].map(([, name, path]) =>
    name && name !== 'import' ? `import ${name} ${path}` : `import ${path}`,
  );
}

function squeezed(text: string): string {
  return text.replace(/[\s;]+/g, '').replaceAll('"', "'");
}

const noNames = new Set([
  'import',
  'from',
  'use',
  'using',
  'require',
  'const',
  'let',
  'var',
  'as',
  'type',
  'static',
  'include',
]);

/** Whether the piece says any name that the statement could bind; what binds no certain name is taken as used. */
function isUsed(text: string, piece: string): boolean {
  if (/^#|\*|^(?:global )?using\b|^require\b/.test(text)) return true;
  const names = (text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).filter((name) => !noNames.has(name));
  const said = new Set(piece.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
  return names.some((name) => said.has(name));
}

/** In JavaScript and TypeScript a name that the file has bound may not be bound again. */
function withoutBound(text: string, own: readonly Statement[], languageId: string): readonly string[] {
  if (!/^(?:type|java)script/.test(languageId)) return [text];
  const one = readImport(text);
  if (!one) return [text];
  const bound = new Set(
    own
      .flatMap((statement) => readImport(statement.text) ?? [])
      .flatMap(({ defaultName, namespace, names }) => [defaultName, namespace, ...names.map(boundName)]),
  );
  const names = one.names.filter((name) => !bound.has(boundName(name)));
  const { defaultName, namespace, module } = one;
  const left = {
    module,
    names,
    ...(defaultName === undefined || bound.has(defaultName) ? {} : { defaultName }),
    ...(namespace === undefined || bound.has(namespace) ? {} : { namespace }),
  };
  if (names.length === one.names.length && left.defaultName === defaultName && left.namespace === namespace)
    return [text];
  if (names.length === 0 && !left.defaultName && !left.namespace) return [];
  return [writeImport(left, /\brequire\(/.test(text), text.includes('"') ? '"' : "'")];
}

/** How many lines a file without imports has before the place of its first one. */
function headLines(before: string, languageId: string): number {
  const lines = before.replace(/^\uFEFF/, '').split(/\r?\n/);
  const first = lines.findIndex((line) => line.trim() !== '' && !/^\s*#/.test(line));
  if (languageId === 'python' && first !== -1 && remark.test(lines[first] ?? ''))
    return endOfRemark(lines, first) + 1;
  return (
    lines.findLastIndex((line) =>
      /^(?:package\b|<\?php|namespace\s[^{]*;|#!|# -\*-|'use strict'|"use strict"|#pragma)/.test(line),
    ) + 1
  );
}

function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let left = line; left > 0; left -= 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return at === 0 && text.startsWith('\uFEFF') ? 1 : at;
}
