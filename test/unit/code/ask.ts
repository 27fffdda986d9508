import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startCode } from '../../../src/code/client.ts';
import type { Code, CodeResult, CodeUnit, Source } from '../../../src/code/code.ts';
import { sourcePaths } from '../../../src/code/paths.ts';

/** The worker of this test file, ended with it; patient, since tests share their machine. */
export const code: Code = startCode({ ...sourcePaths(), deadlineMs: 120_000 });
after(() => code.dispose());

export const never = new AbortController().signal;

export async function answerOf<T>(result: Promise<CodeResult<T>>): Promise<T> {
  const given = await result;
  assert.ok(given.ok, `no value: ${given.ok ? '' : given.problem}`);
  return given.value;
}

export function source(languageId: string, text: string): Source {
  return { languageId, text };
}

/** A text with `«` and `»` (a selection) or `¦` (a cursor) in it: these are taken out. */
export async function unitIn(languageId: string, marked: string): Promise<CodeUnit | undefined> {
  const cursor = marked.indexOf('¦');
  const from = marked.indexOf('«');
  const to = marked.indexOf('»');
  const text = marked.replace(/[«»¦]/g, '');
  const at = cursor >= 0 ? { start: cursor, end: cursor } : { start: from, end: to - 1 };
  return answerOf(code.unitAt(source(languageId, text), at, never));
}

/** What a unit's spans hold, for comparing at a glance. */
export async function unitsOf(languageId: string, text: string) {
  const units = await answerOf(code.units(source(languageId, text), never));
  const piece = (span: { start: number; end: number } | undefined) =>
    span === undefined ? undefined : text.slice(span.start, span.end);
  return units.map((unit) => ({
    ...unit,
    span: piece(unit.span),
    signature: piece(unit.signature),
    body: piece(unit.body),
    doc: piece(unit.doc),
    parameters: unit.parameters.map(
      (each) => `${each.rest ? '...' : ''}${each.name}${each.optional ? '?' : ''}`,
    ),
  }));
}

/** Each unit of a file in a line: kind, name, parameters, whether it gives something back, is open to others, is async. */
export async function table(languageId: string, text: string) {
  const units = await unitsOf(languageId, text);
  return units.map((unit) =>
    [
      unit.kind,
      unit.owner === undefined ? unit.name : `${unit.owner}.${unit.name}`,
      `(${unit.parameters.join(' ')})`,
      unit.returnsValue ? 'value' : '-',
      unit.exported ? 'exported' : '-',
      unit.async ? 'async' : '-',
    ].join(' '),
  );
}

/** `+` for one that asserts, `-` for one that does not, then line and name. */
export async function cases(languageId: string, text: string) {
  const found = await answerOf(code.testCases(source(languageId, text), never));
  return found.map((each) => `${each.asserts ? '+' : '-'} ${each.line} ${each.name}`);
}
