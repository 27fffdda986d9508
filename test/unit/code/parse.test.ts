import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, code, never, source } from './ask.ts';

async function errorLines(languageId: string, text: string) {
  return (await answerOf(code.parse(source(languageId, text), never))).errorLines;
}

test('text that is a program has no error, in each language', async () => {
  const whole: readonly [string, string][] = [
    ['typescript', 'const a: number = <number>b;\n'],
    ['typescriptreact', 'const a = <b c="d">{e}</b>;\n'],
    ['javascript', '#!/usr/bin/env node\nconst a = 1;\n'],
    ['javascriptreact', 'const a = <b />;\n'],
    ['python', 'def f():\n    pass\n'],
    ['go', 'package p\n\nfunc F() {}\n'],
    ['java', 'class A {}\n'],
    ['csharp', 'class A { }\n'],
  ];
  for (const [languageId, text] of whole) {
    assert.deepEqual(await errorLines(languageId, text), [], languageId);
    assert.deepEqual(await errorLines(languageId, text.replaceAll('\n', '\r\n')), [], `${languageId}, CRLF`);
    assert.deepEqual(
      await errorLines(languageId, `\uFEFF${text.replace(/^#!.*\n/, '')}`),
      [],
      `${languageId}, mark`,
    );
    assert.deepEqual(await errorLines(languageId, ''), [], `${languageId}, empty`);
  }
});

test('a broken line is named by its number, whatever the line ends', async () => {
  const text = 'const a = 1;\nconst b = 2;\nconst = ;\nconst d = 4;\n';
  assert.deepEqual(await errorLines('typescript', text), [3]);
  assert.deepEqual(await errorLines('typescript', text.replaceAll('\n', '\r\n')), [3]);
  assert.deepEqual(await errorLines('python', 'x = 1\n\ndef f(:\n    return 1\n'), [3]);
});

test('what is missing is an error too', async () => {
  assert.notDeepEqual(await errorLines('typescript', 'function f() {\n  return (1;\n}\n'), []);
  assert.notDeepEqual(await errorLines('typescript', 'function f() {\n  return 1;\n'), []);
  assert.notDeepEqual(await errorLines('java', 'class A { void m() { int a = 1 } }\n'), []);
  assert.notDeepEqual(await errorLines('javascript', 'a();\n/* never closed\n'), []);
});

test('no more than the first 20 lines are named', async () => {
  const text = Array.from({ length: 60 }, (_, index) => `let a${index} = 1;\n)\n`).join('');
  const lines = await errorLines('javascript', text);
  assert.ok(lines.length <= 20);
  assert.equal(lines[0], 2);
});
