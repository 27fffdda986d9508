import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isStuckInTools } from '../../../src/engine/toolLoop.ts';
import type { Message } from '../../../src/vocabulary/request.ts';

const asked: Message = { role: 'user', parts: [{ type: 'text', text: 'Mend the build.' }] };

/** Calls with what they brought, each a round of its own. */
function rounds(list: readonly (readonly [name: string, input: object, result: string])[]): Message[] {
  return list.flatMap(([name, input, text], at): Message[] => [
    { role: 'assistant', parts: [{ type: 'toolCall', callId: `call_${at}`, name, input }] },
    { role: 'user', parts: [{ type: 'toolResult', callId: `call_${at}`, name, text }] },
  ]);
}

const read = (path: string, text: string) => ['read_file', { path }, text] as const;

test('The same call with the same result, three times, is no progress', () => {
  const same = read('a.ts', 'one');
  assert.equal(isStuckInTools([asked, ...rounds([same, same])]), false);
  assert.equal(isStuckInTools([asked, ...rounds([same, same, same])]), true);
  assert.equal(isStuckInTools([asked, ...rounds([same, read('b.ts', 'two'), same, same])]), true);
});

test('The order of arguments makes no other call', () => {
  const one = ['grep', { word: 'x', path: 'src' }, 'none'] as const;
  const two = ['grep', { path: 'src', word: 'x' }, 'none'] as const;
  assert.equal(isStuckInTools([asked, ...rounds([one, two, one])]), true);
});

test('Tests that are run again between edits are progress while they say something new', () => {
  const run = (result: string) => ['run_tests', {}, result] as const;
  const edit = (nth: number) => ['edit', { path: 'a.ts', text: `${nth}` }, `done ${nth}`] as const;
  const loop = rounds([
    run('3 fail'),
    edit(1),
    run('2 fail'),
    edit(2),
    run('1 fails'),
    edit(3),
    run('all pass'),
  ]);
  assert.equal(isStuckInTools([asked, ...loop]), false);
});

test('Two calls in turn that bring nothing new are a loop, though none of them comes three times', () => {
  const list = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
    (name) => ['list', { folder: name }, 'empty'] as const,
  );
  assert.equal(isStuckInTools([asked, ...rounds(list)]), true);
  assert.equal(isStuckInTools([asked, ...rounds(list.slice(0, 4))]), false);
});

test('What was before the user’s last words does not count', () => {
  const same = read('a.ts', 'one');
  const loop = [asked, ...rounds([same, same]), asked, ...rounds([same])];
  assert.equal(isStuckInTools(loop), false);
});

test('Rounds that all say something new are never stuck', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 30 }), (results) => {
      const loop = rounds(results.map((result) => read('a.ts', result)));
      assert.equal(isStuckInTools([asked, ...loop]), false);
    }),
  );
});
