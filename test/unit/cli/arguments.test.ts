import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments } from '../../../src/cli/arguments.ts';
import { requestOf } from '../../../src/cli/requestOf.ts';
import { WrongUse } from '../../../src/cli/wrongUse.ts';

test('a question may be one word or many, its options before or behind it', () => {
  const args = readArguments(['ask', '--local', 'what', 'is this', '--file', 'a.ts', '--file', 'b.ts']);
  assert.equal(args.command, 'ask');
  assert.deepEqual(args.words, ['what', 'is this']);
  assert.deepEqual(args.files, ['a.ts', 'b.ts']);
  assert.equal(args.local, true);
});

test('nothing at all asks for help', () => {
  assert.equal(readArguments([]).command, 'help');
});

for (const argv of [['--bogus'], ['sing'], ['ask', '--local', '--claude', 'x'], ['ask', '--model']])
  test(`"maia ${argv.join(' ')}" is told in one sentence with a next step`, () => {
    assert.throws(
      () => readArguments(argv),
      (error) =>
        error instanceof WrongUse &&
        /[Tt]ry maia|give one/.test(error.message) &&
        !error.message.includes('\n'),
    );
  });

test('what is piped in goes along with a question, and is the question where there is none', async () => {
  const both = await requestOf(readArguments(['ask', 'commit message']), '+ const rate = 0.2;', '/project');
  assert.deepEqual(
    both.context.map(({ kind, text }) => [kind, text]),
    [['pasted', '+ const rate = 0.2;']],
  );
  const piped = await requestOf(readArguments(['ask']), 'explain queues\n', '/project');
  assert.deepEqual(piped.messages[0]?.parts, [{ type: 'text', text: 'explain queues' }]);
  await assert.rejects(requestOf(readArguments(['ask']), ' \n', '/project'), WrongUse);
});

test('a file that is not there, or a task that there is not, is told', async () => {
  await assert.rejects(
    requestOf(readArguments(['ask', '--file', 'no/such.ts', 'x']), '', '/project'),
    WrongUse,
  );
  await assert.rejects(requestOf(readArguments(['ask', '--task', 'sing', 'x']), '', '/project'), WrongUse);
});

test('a recorded request is named by its id, or is the latest', () => {
  assert.deepEqual(readArguments(['replay', 'r1']).words, ['r1']);
  assert.deepEqual(readArguments(['replay', '--json']), { ...readArguments(['replay']), json: true });
});

test('tests are run only by maia check, of one answer, in a project', () => {
  const check = ['check', '--task', 'tests', '--file', 'a.ts'];
  assert.equal(readArguments(check).runTests, false);
  assert.equal(readArguments([...check, '--project', '.', '--run-tests']).runTests, true);
  for (const wrong of [
    ['ask', 'x', '--run-tests'],
    [...check, '--run-tests'],
    ['check', '--jsonl', '--project', '.', '--run-tests'],
  ])
    assert.throws(() => readArguments(wrong), /--run-tests belongs to maia check/);
});
