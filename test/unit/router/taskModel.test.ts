import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { classify } from '../../../src/router/classify.ts';
import { buckets } from '../../../src/router/promptFeatures.ts';
import { slashTask } from '../../../src/router/slashTask.ts';
import { labels, TaskModel } from '../../../src/router/taskModel.ts';
import weights from '../../../src/router/taskWeights.json' with { type: 'json' };

const input = (text: string) => ({ text, surface: 'chat', contextCharacters: 0, contextItems: 0 }) as const;

describe('the shipped weights', () => {
  test('take no more than one megabyte', () => {
    assert.ok(JSON.stringify(weights).length <= 1_000_000);
  });

  test('fit the features, and others are refused', () => {
    assert.doesNotThrow(() => new TaskModel(weights));
    const short = deflateRawSync(Buffer.alloc(buckets * (labels.length - 1))).toString('base64');
    assert.throws(() => new TaskModel({ ...weights, weights: short }), RangeError);
    assert.throws(() => new TaskModel({ ...weights, scales: [1] }), RangeError);
  });
});

describe('a word after a slash', () => {
  test('names the task for certain', () => {
    const found = classify(input('/tests for the parser'));
    assert.equal(found.task, 'tests');
    assert.equal(found.confidence, 1);
    assert.deepEqual(found.reasons, [{ code: 'taskByCommand', params: { task: 'tests' } }]);
  });

  test('is a path or a name where it is no known word', () => {
    for (const text of ['/etc/hosts is wrong', '/constructor', '/explainer', 'fix /tests', '/Tests'])
      assert.equal(slashTask(text), undefined, text);
  });
});

describe('a turn that only goes on', () => {
  test('is the last task where there was one, and unsure where there was none', () => {
    for (const text of ['and for the other file', 'continue', 'now the next one']) {
      assert.equal(classify({ ...input(text), lastTask: 'document' }).task, 'document');
      assert.ok(classify(input(text)).confidence < 0.5, text);
    }
  });

  test('with a new task of its own leaves the last one', () => {
    assert.equal(classify({ ...input('now write unit tests for it'), lastTask: 'explain' }).task, 'tests');
  });
});
