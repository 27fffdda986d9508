import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bar, decimals, difference, range, table } from '../../../train/evaluate/layout.ts';
import { taskOfType } from '../../../train/evaluate/liteLlm.ts';

describe('the layout of the report', () => {
  test('aligns figures right and words left', () => {
    assert.deepEqual(
      table(
        ['set', 'count'],
        [
          ['a long name', '7'],
          ['b', '1234'],
        ],
      ),
      ['  set          count', '  -----------  -----', '  a long name      7', '  b             1234'],
    );
  });

  test('draws how often something came, and marks how often it was due', () => {
    assert.equal(bar(0.5, 0.75), `${'#'.repeat(20)}${'.'.repeat(10)}|${'.'.repeat(9)}`);
    assert.equal(bar(1, 1), `${'#'.repeat(39)}|`);
    assert.equal(bar(0, 0), `|${'.'.repeat(39)}`);
  });

  test('prints a figure with its interval', () => {
    const interval = { value: -0.0304, low: -0.1, high: 0.02 };
    assert.equal(difference(interval), '-0.030 (-0.100 to +0.020)');
    assert.equal(decimals({ value: 0.5, low: 0.25, high: 0.75 }), '0.500 (0.250 to 0.750)');
    assert.equal(range({ value: 0.5, low: 0.25, high: 0.75 }), '50.0 % (25.0 to 75.0)');
  });
});

describe("LiteLLM's request types", () => {
  test('are right wherever they may mean the task, and else the first that they mean', () => {
    assert.equal(taskOfType('code_understanding', 'fix'), 'fix');
    assert.equal(taskOfType('code_understanding', 'commit'), 'explain');
    assert.equal(taskOfType('of another version', 'fix'), 'chat');
  });
});
