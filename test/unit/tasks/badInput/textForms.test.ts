import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Task } from '../../../../src/vocabulary/task.ts';
import { answered } from '../ask.ts';
import { type Example, examples, exampleTarget, fenced, writing } from './languages.ts';

const mark = '\uFEFF';

/** How a file may be written, and the same of an answer. */
const forms: Readonly<Record<string, (text: string) => string>> = {
  'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'a byte order mark': (text) => mark + text,
  both: (text) => mark + text.replaceAll('\n', '\r\n'),
};

function plain(text: string | undefined): string | undefined {
  return text?.replace(mark, '').replaceAll('\r\n', '\n');
}

for (const example of Object.values(examples))
  for (const [name, right] of Object.entries(writing))
    describe(`${name} in ${example.fence}`, () => {
      const task = name as Task;
      const answer = fenced(right(example), example.fence);
      const judge = (one: Example, said: string) => answered(task, exampleTarget(one), said);

      for (const [form, write] of Object.entries(forms)) {
        it(`gives the same with ${form} in the answer`, async () => {
          const usual = await judge(example, answer);
          const { verdict, proposal } = await judge(example, write(answer));
          assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
          assert.equal(proposal?.after, usual.proposal?.after);
        });

        if (task !== 'tests')
          it(`keeps ${form} of the file`, async () => {
            const usual = await judge(example, answer);
            const text = write(example.text);
            const { verdict, proposal } = await judge({ ...example, text }, answer);
            const after = proposal?.after ?? '';
            assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
            assert.equal(plain(after), usual.proposal?.after);
            assert.equal(after.startsWith(mark), text.startsWith(mark));
            assert.equal(after.lastIndexOf(mark), text.lastIndexOf(mark), 'the mark stands twice');
            assert.equal(/[^\r]\n/.test(after), !text.includes('\r\n'), JSON.stringify(after));
          });
      }

      if (task !== 'tests')
        it('indents with tabs where the file does', async () => {
          const text = example.text.replace(/^( {2})+/gm, (spaces) =>
            '\t'.repeat(spaces.length / (example.fence === 'python' ? 4 : 2)),
          );
          const target = exampleTarget({ ...example, text }, { indent: { size: 4, tabs: true } });
          const tabbed = answer.replace(/^( {2})+(?! ?\*)/gm, (spaces) =>
            '\t'.repeat(spaces.length / (example.fence === 'python' ? 4 : 2)),
          );
          const { verdict, proposal } = await answered(task, target, tabbed);
          assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
          const own = (proposal?.after ?? '').split('\n').filter((line) => /^ +[^ *]/.test(line));
          // Words in a docstring may stand further in.
          if (task !== 'document') assert.deepEqual(own, []);
          assert.ok(proposal?.after.split('\n').some((line) => line.startsWith('\t')));
        });
    });
