import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { classify } from '../../../src/router/classify.ts';
import { clausesOf, harderOf } from '../../../src/router/clauses.ts';
import { zonesOf } from '../../../src/router/promptZones.ts';
import { labels } from '../../../src/router/taskModel.ts';

const ask = (text: string) => classify({ text, surface: 'chat', contextCharacters: 0, contextItems: 0 });

describe('two tasks in one prompt', () => {
  const pairs: Readonly<Record<string, string>> = {
    'explain this function and write tests for it': 'tests',
    'write unit tests for the parser and fix the bug in it': 'fix',
    'fix the null pointer in getUser and then write a commit message': 'fix',
    'add a docstring to this function and refactor it': 'refactor',
    'rename getUser to loadUser, then review the whole file': 'review',
    'summarize this file\ndesign a microservice architecture for it': 'architecture',
    'explain the login handler and check it for sql injection': 'security',
  };
  for (const [text, task] of Object.entries(pairs))
    test(`"${text.replaceAll('\n', ' ')}" is the harder one, ${task}`, () => {
      assert.equal(ask(text).task, task, JSON.stringify(ask(text).tasks));
    });
});

describe('the clauses of a prompt', () => {
  test('are those that order something; what orders nothing stays with the one before', () => {
    assert.deepEqual(clausesOf(zonesOf('explain this and write tests, then fix the lint errors')), [
      'explain this',
      'write tests',
      'fix the lint errors',
    ]);
    assert.deepEqual(clausesOf(zonesOf('write a function that reads a file and returns its lines')), []);
    assert.deepEqual(clausesOf(zonesOf('why is foo and bar empty')), []);
  });

  test('are not looked for in a long prompt', () => {
    assert.deepEqual(clausesOf(zonesOf(`explain this and write tests ${'for all of it '.repeat(30)}`)), []);
  });

  test('together are the harder of both, with all probability kept', () => {
    const sure = (label: string) => Float64Array.from(labels, (one) => (one === label ? 1 : 0));
    const both = harderOf(sure('explain'), sure('fix'));
    assert.equal(both[labels.indexOf('fix')], 1);
    const even = Float64Array.from(labels, () => 1 / labels.length);
    const sum = harderOf(even, even).reduce((total, one) => total + one, 0);
    assert.ok(Math.abs(sum - 1) < 1e-9);
  });
});
