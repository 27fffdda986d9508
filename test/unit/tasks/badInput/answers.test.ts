import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Task } from '../../../../src/vocabulary/task.ts';
import { answered, never, tools } from '../ask.ts';
import { type Example, examples, exampleTarget, fenced, writing } from './languages.ts';

/** Each task that changes code, in each language. */
function each(work: (task: Task, example: Example, right: string) => void): void {
  for (const example of Object.values(examples))
    for (const [task, right] of Object.entries(writing))
      describe(`${task} in ${example.fence}`, () => work(task as Task, example, right(example)));
}

const talk = 'That is a good question. The function multiplies what it is given, and that is all there is.';

each((task, example, right) => {
  const languageId = exampleTarget(example).languageId;
  const judge = (answer: string) => answered(task, exampleTarget(example), answer);

  it('passes a right answer, so that what is refused below is refused for its fault', async () => {
    const { verdict, proposal } = await judge(fenced(right, example.fence));
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    assert.ok(proposal);
  });

  it('refuses an answer with no code, and offers nothing to apply', async () => {
    for (const answer of ['', ' \n\n', talk, "I'm sorry, but I can't help with that.", `> ${talk}`]) {
      const { verdict, proposal } = await judge(answer);
      assert.equal(verdict.kind, 'failed', `${JSON.stringify(answer)}: ${JSON.stringify(verdict)}`);
      assert.equal(proposal, undefined, answer);
    }
  });

  it('takes the block that was asked for out of three', async () => {
    const answer = [
      'Run this first:',
      fenced('npm install && pip install shapes', 'sh'),
      'Here it is:',
      fenced(right, example.fence),
      'It prints:',
      fenced('12', 'text'),
    ].join('\n\n');
    const alone = await judge(fenced(right, example.fence));
    const { verdict, proposal } = await judge(answer);
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    assert.equal(proposal?.after, alone.proposal?.after);
  });

  it('refuses code in another language than the file', async () => {
    const other = Object.values(examples).find(({ fence }) => fence === example.other);
    const answer = writing[task]?.(other ?? example) ?? '';
    const { verdict } = await judge(fenced(answer, example.other));
    assert.equal(verdict.kind, 'failed', JSON.stringify(verdict));
  });

  it('is as quick with 2 MB as with a page: they are not read', async () => {
    const answer = `${fenced(right, example.fence)}\n${'All of it once more, in other words. '.repeat(57_000)}`;
    assert.ok(answer.length > 2_000_000);
    const began = performance.now();
    const { verdict, proposal, text } = await judge(answer);
    assert.deepEqual(verdict.findings, [{ code: 'answerTooLong', params: { characters: answer.length } }]);
    assert.equal(proposal, undefined);
    assert.ok(text.length < 200_000, 'all of it is kept');
    assert.ok(performance.now() - began < 1000);
  });

  it('gives up at once on a run of one character', async () => {
    for (const piece of ['\n', ' ', '*', '/', '=']) {
      const began = performance.now();
      const { verdict } = await judge(`${fenced(right, example.fence)}\n${piece.repeat(60_000)}\nend`);
      assert.equal(verdict.findings[0]?.code, 'repeats', JSON.stringify(piece));
      assert.ok(performance.now() - began < 1000, JSON.stringify(piece));
    }
  });

  it('writes nothing into a file with syntax errors that would count as checked', async () => {
    const target = exampleTarget({ ...example, text: `${example.text}\n}}} ((\n` });
    const parsed = await tools.code.parse({ languageId, text: target.text }, never);
    assert.ok(parsed.ok && parsed.value.errorLines.length > 0);
    const { verdict } = await answered(task, target, fenced(right, example.fence));
    // A test file of its own parses whatever the source does.
    assert.equal(verdict.kind === 'passed', task === 'tests', JSON.stringify(verdict));
  });
});

describe('a fence in the midst of a comment', () => {
  it('is part of it where it is closed, and a leftover where it is not', async () => {
    const { python } = examples;
    assert.ok(python);
    const with_ = (piece: string) =>
      answered('document', exampleTarget(python), python.comment.replace('Args:', `${piece}\n\nArgs:`));
    const closed = await with_('```\narea(2, 3)\n```');
    assert.equal(closed.verdict.kind, 'passed', JSON.stringify(closed.verdict));
    const { verdict, proposal } = await with_('```python\narea(2, 3)');
    assert.equal(verdict.findings[0]?.code, 'promptLeftover', JSON.stringify(verdict));
    assert.equal(proposal, undefined);
  });
});
