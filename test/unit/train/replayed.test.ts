import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkMs } from '../../../src/router/predictedTime.ts';
import { quantile } from '../../../train/evaluate/timeReport.ts';
import { type RecordedRun, type Recording, recordings } from '../../../train/runs/recordedRuns.ts';
import { replay } from '../../../train/runs/replayed.ts';

const explain: RecordedRun = {
  task: 'explain',
  loaded: true,
  promptTokens: 1000,
  estimatedTokens: 1000,
  outputTokens: 300,
  firstTokenMs: 5_050,
  totalMs: 20_050,
  loadMs: 0,
  promptMs: 5_000,
  generateMs: 15_000,
};
const tests: RecordedRun = {
  ...explain,
  task: 'tests',
  outputTokens: 800,
  totalMs: 45_050,
  generateMs: 40_000,
};
const recording: Recording = {
  name: 'made up',
  model: 'a:7b',
  sizeBytes: 4e9,
  parametersBillion: 7,
  windowTokens: 4096,
  machine: 'none',
  engine: 'none',
  remark: '',
  runs: [explain, explain, tests, { ...explain, loaded: false, loadMs: 8_000, firstTokenMs: 13_050 }],
};

describe('recorded runs', () => {
  test('are foretold from those before them alone', () => {
    const [first, second, third] = replay(recording, true);
    assert.equal(first?.measured, false);
    assert.deepEqual(first, replay(recording, false)[0]);
    assert.equal(second?.measured, true);
    // 1,000 tokens at the measured 200 a second, and 50 ms around it: what really came.
    assert.equal(second?.predictedMs, second?.realMs);
    // 800 tokens is what tests usually take, at the measured 20 a second.
    assert.equal(third?.predictedMs, 5_050 + 40_000 + checkMs);
    assert.equal(third?.realMs, 45_050 + checkMs);
  });

  test('that stream count until their first token, those that are held until the answer is checked', () => {
    const found = replay(recording, true);
    assert.deepEqual(
      found.map(({ held }) => held),
      [false, false, true, false],
    );
    assert.equal(found[0]?.realMs, 5_050);
  });

  test('whose model loads first are foretold to take longer', () => {
    const [, warm, , cold] = replay(recording, true);
    assert.ok((cold?.predictedMs ?? 0) > (warm?.predictedMs ?? 0) + 1_000);
  });

  test('tell whether patience was judged rightly', () => {
    const slow = { ...explain, firstTokenMs: 40_000, totalMs: 60_000, promptMs: 39_950 };
    const found = replay({ ...recording, runs: [explain, slow] }, true);
    assert.equal(found[1]?.patienceRight, false);
  });

  test('hold sizes and times, no prompt and no answer', () => {
    const found = recordings();
    assert.ok(found.length > 0);
    for (const { runs } of found)
      for (const run of runs)
        for (const [name, value] of Object.entries(run))
          assert.ok(name === 'task' || typeof value !== 'string', `${name}: ${value}`);
  });
});

describe('a quantile', () => {
  test('lies between its neighbours by proportion', () => {
    assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
    assert.equal(quantile([1, 2, 3], 1), 3);
    assert.ok(Number.isNaN(quantile([], 0.5)));
  });
});
