import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { checkLines, readCheckLine } from '../../../src/cli/checkLines.ts';
import { startCode } from '../../../src/code/client.ts';
import { sourcePaths } from '../../../src/code/paths.ts';
import { diskFiles } from '../../../src/platform/node/diskFiles.ts';
import { createTasks } from '../../../src/tasks/tasks.ts';
import { projects } from '../tasks/ask.ts';

const code = startCode(sourcePaths());
after(() => code.dispose());

interface Answer {
  readonly id: unknown;
  readonly verdict?: string;
  readonly error?: string;
  readonly result?: string;
  readonly findings?: readonly { readonly code: string; readonly params: object }[];
}

async function check(...lines: readonly (object | string)[]): Promise<readonly Answer[]> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  let written = '';
  await checkLines(
    (async function* () {
      for (let at = 0; at < text.length; at += 100) yield text.slice(at, at + 100);
    })(),
    (more) => {
      written += more;
    },
    createTasks(),
    { code, files: diskFiles },
    new AbortController().signal,
  );
  return written
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

const file = `const one = 1;

export function add(a: number, b: number): number {
  return a + b;
}

export class Sum {
  total = 0;

  take(value: number): void {
    this.total += value;
  }
}
`;
const comment =
  '/**\n * Adds two numbers.\n * @param a - The first.\n * @param b - The second.\n * @returns The sum.\n */';
const document = { task: 'document', language: 'typescript', path: 'src/add.ts', file, line: 3 };

describe('a line of answers', () => {
  test('is checked as the engine checks it, and comes back with the file as it would be applied', async () => {
    const [found] = await check({
      id: 'a',
      ...document,
      answer: `Here it is:\n\`\`\`ts\n${comment}\n\`\`\``,
    });
    assert.equal(found?.verdict, 'passed');
    assert.equal(found?.result, file.replace('export function', `${comment}\nexport function`));
  });

  test('means the function that begins at its line', async () => {
    const [found] = await check({
      ...document,
      line: 10,
      answer: '/**\n * Takes it.\n * @param value - What is added.\n */',
    });
    assert.equal(found?.verdict, 'passed');
    assert.match(found?.result ?? '', /\n {3}\* Takes it\.\n/);
  });

  test('that names a parameter which is not there fails, and says which', async () => {
    const [found] = await check({ ...document, answer: comment.replace('param b', 'param c') });
    assert.equal(found?.verdict, 'failed');
    assert.deepEqual(
      found?.findings?.map(({ code, params }) => ({ code, ...params })),
      [
        { code: 'paramUnknown', name: 'c' },
        { code: 'paramMissing', name: 'b' },
      ],
    );
  });

  test('takes the test framework and the place of the tests from its project', async () => {
    const [found] = await check({
      task: 'tests',
      language: 'typescript',
      path: 'src/price.ts',
      project: `${projects}vitest`,
      file: 'export function price(net: number): number {\n  return net * 1.2;\n}\n',
      line: 1,
      answer:
        "```ts\nimport { expect, test } from 'vitest';\nimport { price } from '../src/price';\ntest('adds the tax', () => {\n  expect(price(10)).toBe(12);\n});\n```",
    });
    assert.equal(found?.verdict, 'passed', JSON.stringify(found));
    assert.match(found?.result ?? '', /from 'vitest'/);
  });

  test('comes back in its order, with what can not be read said in its place', async () => {
    const lines = [
      { id: 1, ...document, answer: comment },
      'nothing',
      { id: 3, ...document, task: 'sing', answer: comment },
      { id: 4, ...document, answer: 7 },
      { id: 5, ...document, line: 0, answer: comment },
      { id: 6, ...document, answer: 'I am sorry, I can not help with that.' },
    ];
    const found = await check(...lines);
    assert.deepEqual(
      found.map(({ id }) => id),
      [1, null, 3, 4, 5, 6],
    );
    assert.deepEqual(
      found.map(({ verdict }) => verdict),
      ['passed', undefined, undefined, undefined, undefined, 'failed'],
    );
    assert.match(found[2]?.error ?? '', /^task is none of explain, /);
    assert.equal(found[3]?.error, 'answer is not a text');
    assert.equal(found[4]?.error, 'line is not a whole number from 1 on');
  });

  test('with nothing in its file at that line is not checked rather than passed', async () => {
    const found = await check(
      { ...document, line: 2, answer: comment },
      { ...document, line: 900, answer: comment },
    );
    for (const one of found) assert.equal(one.verdict, 'notChecked');
  });
});

describe('reading a line', () => {
  test('keeps the id of what is wrong', () => {
    assert.deepEqual(readCheckLine('{"id":"x","task":"document"}'), {
      id: 'x',
      error: 'language is not a text',
    });
  });
});
