import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { codeBlocks, fencedBlocks, mayBe } from '../../../src/tasks/answerCode.ts';

const texts = (answer: string, languageId = 'typescript') =>
  codeBlocks(answer, languageId).map((block) => block.text);

describe('the code of a raw answer', () => {
  it('is what one fence holds, whatever is said around it', () => {
    const answer = 'Sure! Here is the test:\n\n```ts\nconst a = 1;\n```\n\nThis test checks that a is 1.';
    assert.deepEqual(texts(answer), ['const a = 1;']);
  });

  it('is each of several fences, with the word that names its language', () => {
    const answer = 'First:\n```bash\nnpm i -D vitest\n```\nThen:\n```TypeScript title="a.ts"\nlet a;\n```';
    assert.deepEqual(
      fencedBlocks(answer).map(({ info, text }) => [info, text]),
      [
        ['bash', 'npm i -D vitest'],
        ['typescript', 'let a;'],
      ],
    );
  });

  it('goes to the end where the fence was never closed, and says so', () => {
    const [block] = fencedBlocks('```python\ndef f():\n    return 1');
    assert.equal(block?.text, 'def f():\n    return 1');
    assert.equal(block?.closed, false);
  });

  it('is not cut by a fence of fewer marks inside', () => {
    assert.deepEqual(texts('````md\n```ts\nlet a;\n```\n````'), ['```ts\nlet a;\n```']);
  });

  it('loses the indent of a fence that stands in a list', () => {
    assert.deepEqual(texts('1. Add this:\n   ```ts\n   if (a) {\n     b();\n   }\n   ```'), [
      'if (a) {\n  b();\n}',
    ]);
  });

  it('is found without any fence between sentences', () => {
    const answer =
      'Here are the tests you asked for:\n\nimport { it } from "vitest";\n\nit("adds", () => {\n  expect(1).toBe(1);\n});\n\nThese tests cover the usual input.';
    assert.deepEqual(texts(answer), [
      'import { it } from "vitest";\n\nit("adds", () => {\n  expect(1).toBe(1);\n});',
    ]);
  });

  it('is nothing where an answer only talks', () => {
    assert.deepEqual(texts('The function adds two numbers and returns the result.'), []);
  });

  it('has plain line ends and no byte order mark', () => {
    assert.deepEqual(texts('\uFEFF```ts\r\nlet a;\r\nlet b;\r\n```\r\n'), ['let a;\nlet b;']);
  });

  it('leaves out what a reasoning model thought first', () => {
    assert.deepEqual(texts('<think>\nMaybe ```ts\nlet wrong;\n```\n</think>\n```ts\nlet right;\n```'), [
      'let right;',
    ]);
  });

  it('is the new side of a diff', () => {
    const diff = '--- a/x.ts\n+++ b/x.ts\n@@ -1,2 +1,2 @@\n const a = 1;\n-const b = 2;\n+const b = 3;';
    assert.deepEqual(texts(`\`\`\`diff\n${diff}\n\`\`\``), ['const a = 1;\nconst b = 3;']);
  });

  it('is left alone where lines begin with minus for other reasons', () => {
    assert.deepEqual(texts('```ts\n-1\n+2\n```'), ['-1\n+2']);
  });

  it('may be in a language by its alias, and in any without a word', () => {
    const block = (info: string) => ({ info, text: '', closed: true, fenced: true });
    assert.ok(mayBe(block('py'), 'python'));
    assert.ok(mayBe(block(''), 'python'));
    assert.ok(!mayBe(block('bash'), 'python'));
  });

  it('never throws, and what was fenced comes back as it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (answer) => void texts(answer)));
    const line = fc
      .string({ maxLength: 20 })
      .filter((text) => !/[`~\r]|^[+@\-d i\\]/.test(text) && text.trim() === text);
    fc.assert(
      fc.property(
        fc.array(
          line.filter((text) => text !== ''),
          { minLength: 1 },
        ),
        (lines) => {
          assert.deepEqual(texts(`\`\`\`\n${lines.join('\n')}\n\`\`\``), [lines.join('\n')]);
        },
      ),
    );
  });
});
