import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { selectionKind } from '../../../src/engine/selectionKind.ts';
import type { Target } from '../../../src/vocabulary/request.ts';

const text =
  'import a from "a";\n\nexport class Cart {\n  total() {}\n}\n\nexport function add(x) {\n  return x;\n}\n';

function target(start: number, end: number): Target {
  return {
    uri: 'file:///a.ts',
    languageId: 'typescript',
    text,
    partial: false,
    selection: { start, end },
    indent: { size: 2, tabs: false },
  };
}

describe('how much is selected', () => {
  const cases: readonly (readonly [string, number, number])[] = [
    ['none', 5, 5],
    ['file', 0, text.length],
    ['class', text.indexOf('export class'), text.indexOf('export function')],
    ['function', text.indexOf('export function'), text.length],
    ['lines', text.indexOf('return'), text.indexOf('return') + 9],
  ];
  for (const [kind, start, end] of cases)
    test(`is told as ${kind}`, () => {
      assert.equal(selectionKind({ target: target(start, end), context: [] }), kind);
    });

  test('is told of what goes along where there is no document', () => {
    assert.equal(
      selectionKind({ context: [{ kind: 'selection', text: 'def total(rows):\n    return 0' }] }),
      'function',
    );
    assert.equal(selectionKind({ context: [{ kind: 'file', text: 'def a(): pass' }] }), 'none');
  });
});
