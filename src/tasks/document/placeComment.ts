import type { CodeUnit } from '../../code/code.ts';
import type { CommentForm } from './commentForm.ts';
import type { DocumentPlan } from './documentPlan.ts';

/** The comment in the language's own form, one entry per line, without indent. */
export function writtenComment(lines: readonly string[], form: CommentForm): string[] {
  if (form.kind === 'docstring') return docstring(lines);
  if (form.kind === 'block') {
    const safe = lines.map((line) => line.replaceAll('*/', '* /'));
    return ['/**', ...safe.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'];
  }
  return lines.map((line) => (line === '' ? form.mark : `${form.mark} ${line}`));
}

function docstring(lines: readonly string[]): string[] {
  const text = lines.map((line) => line.replaceAll('"""', "'''"));
  const raw = text.some((line) => line.includes('\\')) ? 'r' : '';
  const [first = '', ...rest] = text;
  if (rest.length === 0) return [`${raw}"""${first}${/["\\]$/.test(first) ? ' ' : ''}"""`];
  return [`${raw}"""${first}`, ...rest, '"""'];
}

/** Words put into the form's own frame: a summary element in C#, the function's name first in Go. */
export function framed(
  lines: readonly string[],
  form: CommentForm,
  languageId: string,
  unit: CodeUnit | undefined,
): string[] {
  if (form.kind === 'xml') return xmlFramed(lines);
  if (languageId === 'go' && unit) return goFramed(lines, unit.name);
  return [...lines];
}

function xmlFramed(lines: readonly string[]): string[] {
  if (lines.some((line) => /<(summary|inheritdoc|remarks)\b/.test(line))) return [...lines];
  const at = lines.findIndex((line) => /^\s*(<|@\w+)/.test(line));
  const words = at === -1 ? lines : lines.slice(0, at);
  const rest = at === -1 ? [] : lines.slice(at);
  const tags = rest.map((line) =>
    line
      .replace(/^@param\s+(?:\{[^}]*\}\s*)?(\w+)\s*-?\s*(.*)$/, '<param name="$1">$2</param>')
      .replace(/^@returns?\s+(?:\{[^}]*\}\s*)?(.*)$/, '<returns>$1</returns>'),
  );
  const summary = words.filter((line) => line !== '');
  return ['<summary>', ...summary, '</summary>', ...tags];
}

function goFramed(lines: readonly string[], name: string): string[] {
  const [first = '', ...rest] = lines;
  if (new RegExp(`^${name}\\b`).test(first)) return [...lines];
  const subject = /^(?:this|the) (?:function|method|func|type|struct)\s+(?:`?\w+`?\s+(?=\w+s\b))?/i.exec(
    first,
  );
  if (subject) return [`${name} ${first.slice(subject[0].length)}`, ...rest];
  const verb = /^([A-Z])([a-z]+s)\b/.exec(first);
  if (verb) return [`${name} ${first[0]?.toLowerCase()}${first.slice(1)}`, ...rest];
  return [...lines];
}

/** The file with the comment in its place: an existing one is replaced, line ends and indents are the file's own. */
export function placed(plan: DocumentPlan, lines: readonly string[], form: CommentForm): string {
  const { before: text, unit } = plan;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (unit && form.kind === 'docstring') return placedInside(plan, unit, lines, eol);
  const joined = (indent: string) => lines.map((line) => (line === '' ? '' : indent + line)).join(eol);
  if (unit?.doc) {
    const from = lineStart(text, unit.doc.start);
    const lead = text.slice(from, unit.doc.start);
    const end = text.slice(0, unit.doc.end).endsWith('\n') ? unit.doc.end - eol.length : unit.doc.end;
    if (lead.trim() === '') return text.slice(0, from) + joined(lead) + text.slice(end);
  }
  const at = lineStart(text, unit?.span.start ?? firstFilled(text, plan.selection.start));
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  return text.slice(0, at) + joined(indent) + eol + text.slice(at);
}

/** A docstring as the first statement of a body. */
function placedInside(plan: DocumentPlan, unit: CodeUnit, lines: readonly string[], eol: string): string {
  const { before: text } = plan;
  const bodyIndent = indentOfBody(plan, unit);
  const joined = (first: string) =>
    lines.map((line, index) => (line === '' ? '' : (index === 0 ? first : bodyIndent) + line)).join(eol);
  if (unit.doc) return text.slice(0, unit.doc.start) + joined('') + text.slice(unit.doc.end);
  const bodyStart = unit.body?.start ?? unit.span.end;
  const colon = colonBefore(text, unit.signature.start, bodyStart);
  const sameLine = !text.slice(colon, bodyStart).includes('\n');
  if (sameLine) {
    return `${text.slice(0, colon)}${eol}${joined(bodyIndent)}${eol}${bodyIndent}${text.slice(bodyStart)}`;
  }
  const endOfLine = colon + text.slice(colon).search(/\r?\n/);
  return `${text.slice(0, endOfLine)}${eol}${joined(bodyIndent)}${text.slice(endOfLine)}`;
}

/** Offset just after the colon that ends a Python signature: the last one that only comments follow. */
function colonBefore(text: string, from: number, bodyStart: number): number {
  const head = text.slice(from, bodyStart);
  const found = /:[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*(?:#[^\n]*)?)*$/.exec(head);
  return found ? from + found.index + 1 : bodyStart;
}

function indentOfBody(plan: DocumentPlan, unit: CodeUnit): string {
  const { before: text } = plan;
  const start = unit.body?.start ?? unit.span.end;
  const from = lineStart(text, start);
  const lead = text.slice(from, start);
  if (lead.trim() === '' && lead.length > unit.indent.length) return lead;
  return unit.indent + (plan.indent.tabs ? '\t' : ' '.repeat(plan.indent.size));
}

/** Offset of the line's first character, after a byte order mark. */
function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The first line of a selection that holds something. */
function firstFilled(text: string, start: number): number {
  return start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
}
