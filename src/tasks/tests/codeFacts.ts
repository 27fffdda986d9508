import type { Code, CodeUnit, TestCase } from '../../code/code.ts';
import type { Span } from '../../vocabulary/request.ts';

export interface ImportStatement {
  readonly module: string;
  readonly names: readonly string[];
  readonly span: Span;
  readonly text: string;
}

/** What the composer asks about a text; nothing where the code worker can't say. */
export interface CodeFacts {
  readonly text: string;
  readonly imports: readonly ImportStatement[];
  readonly units: readonly CodeUnit[];
  readonly cases: readonly TestCase[];
}

export async function factsOf(
  code: Code,
  languageId: string,
  text: string,
  signal: AbortSignal,
): Promise<CodeFacts> {
  const source = { languageId, text };
  const imports = await code.imports(source, signal);
  const units = await code.units(source, signal);
  const cases = await code.testCases(source, signal);
  return {
    text,
    imports: (imports.ok ? imports.value : [])
      .filter((one) => isAtLineStart(text, one.span.start))
      .map((one) => ({ ...one, text: text.slice(one.span.start, one.span.end) })),
    units: units.ok ? units.value : [],
    cases: cases.ok ? cases.value : [],
  };
}

function isAtLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n' || text[offset - 1] === '\uFEFF';
}

/** A span with the rest of its last line where that is empty, so that cutting it leaves no blank line. */
export function wholeLine(text: string, span: Span): Span {
  const rest = /^[ \t]*;?[ \t]*(?:\r?\n)?/.exec(text.slice(span.end))?.[0] ?? '';
  return { start: span.start, end: span.end + rest.length };
}

/** A unit with its doc comment. */
export function withDoc(unit: CodeUnit): Span {
  return { start: Math.min(unit.span.start, unit.doc?.start ?? unit.span.start), end: unit.span.end };
}
