import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Task } from '../../../../src/vocabulary/task.ts';
import { answered, targetOf } from '../ask.ts';
import { examples, exampleTarget, fenced } from './languages.ts';

const header = '--- a/file\n+++ b/file\n@@ -12,3 +12,3 @@ somewhere\n';

for (const example of Object.values(examples))
  for (const task of ['edit', 'fix', 'refactor'] as const satisfies readonly Task[])
    describe(`a diff instead of code, for ${task} in ${example.fence}`, () => {
      const target = exampleTarget(example);
      const [before, after] = example.line;
      const body = example.text.replace('¦', '').split('\n');
      const above = body[body.indexOf(before) - 1] ?? '';

      it('is applied to the function where its lines fit', async () => {
        const patch = `${header} ${above}\n-${before}\n+${after}`;
        const { verdict, proposal } = await answered(task, target, fenced(patch, 'diff'));
        assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
        assert.equal(proposal?.after, target.text.replace(before, after));
      });

      it('is applied to the file where it says more than the function', async () => {
        const first = body[0] ?? '';
        const patch = `@@ -1,2 +1,2 @@\n ${first}\n@@ -4,3 +4,3 @@\n-${before}\n+${after}`;
        const { proposal } = await answered(task, target, `Here is the diff:\n\n${fenced(patch, '')}`);
        assert.equal(proposal?.after, target.text.replace(before, after));
      });

      it('fails with what a model can mend where it fits nowhere, and changes nothing', async () => {
        const patch = `${header} ${above}\n-${before} and more\n+${after}`;
        const { verdict, proposal } = await answered(task, target, fenced(patch, 'diff'));
        assert.deepEqual(verdict, { kind: 'failed', findings: [{ code: 'patchMisfit', params: {} }] });
        assert.equal(proposal, undefined);
      });
    });

describe('a diff instead of code', () => {
  it('keeps the Windows line ends of the file', async () => {
    const text = (examples.typescript?.text ?? '').replaceAll('\n', '\r\n');
    const target = targetOf('/project/src/area.ts', text);
    const patch = '@@\n-  return plain * rate;\n+  return rate * plain;';
    const { proposal } = await answered('edit', target, fenced(patch, 'diff'));
    assert.equal(proposal?.after, target.text.replace('plain * rate', 'rate * plain'));
  });

  it('changes no more than its lines where a piece is selected', async () => {
    const target = targetOf(
      '/project/a.ts',
      '«const a = 1;\nconst b = 2;\nconst c = 3;\n»const d = a + b + c;\n',
    );
    const { proposal } = await answered(
      'edit',
      target,
      fenced('@@\n const a = 1;\n-const b = 2;\n+const b = 5;', 'diff'),
    );
    assert.equal(proposal?.after, target.text.replace('b = 2', 'b = 5'));
  });

  it('of a new test file is that file', async () => {
    const { typescript } = examples;
    assert.ok(typescript);
    const patch = `--- /dev/null\n+++ b/src/area.test.ts\n@@ -0,0 +1,6 @@\n${typescript.tests.replaceAll(/^/gm, '+')}`;
    const plain = await answered('tests', exampleTarget(typescript), fenced(typescript.tests, 'ts'));
    const { verdict, proposal } = await answered('tests', exampleTarget(typescript), fenced(patch, 'diff'));
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    assert.equal(proposal?.after, plain.proposal?.after);
  });

  it('that adds the comment gives the comment', async () => {
    const { typescript } = examples;
    assert.ok(typescript);
    const head = 'export function area(width: number, height: number): number {';
    const patch = `@@ -2,2 +2,9 @@\n \n${typescript.comment.replaceAll(/^/gm, '+')}\n ${head}`;
    const { verdict, proposal } = await answered(
      'document',
      exampleTarget(typescript),
      fenced(patch, 'diff'),
    );
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    assert.ok(proposal?.after.includes(`${typescript.comment}\n${head}`));
  });
});
