import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contestFeatureNames } from '../../../src/router/contestForm.ts';
import { fitLocalScore } from '../../../train/outcomes/fitLocalScore.ts';
import { foldOf } from '../../../train/outcomes/folds.ts';
import { chanceOf, fitLogistic } from '../../../train/outcomes/logistic.ts';
import { outcomeSets } from '../../../train/outcomes/outcomeSets.ts';
import { Random } from '../../../train/trainer/random.ts';

/** Made-up problems: the longer, the seldomer solved. */
function problems(count: number) {
  const random = new Random(3);
  return Array.from({ length: count }, (_, at) => {
    const features = contestFeatureNames.map((name) =>
      name === 'length' ? random.next() * 4 : random.below(2),
    );
    const hardness = features[contestFeatureNames.indexOf('length')] ?? 0;
    return { name: `p${at}`, features, small: hardness < 1 ? 1 : 0, large: hardness < 3 ? 1 : 0 };
  });
}

describe('the logistic fit', () => {
  test('finds the share of each side and leaves out what says nothing', () => {
    const rows = Array.from({ length: 400 }, (_, at) => [at % 2, 7]);
    const targets = rows.map(([side], at) => (side === 1 ? (at % 8 === 1 ? 0 : 1) : at % 8 === 0 ? 1 : 0));
    const fit = fitLogistic(rows, targets, 0.001);
    assert.ok(Math.abs(chanceOf(fit, [1, 7]) - 0.75) < 1e-3);
    assert.ok(Math.abs(chanceOf(fit, [0, 7]) - 0.25) < 1e-3);
    assert.equal(Math.abs(fit.coefficients[1] ?? 1) < 1e-9, true);
  });
});

describe('the weights of the local score', () => {
  test('are the same at every fit', () => {
    assert.equal(JSON.stringify(fitLocalScore(problems(150))), JSON.stringify(fitLocalScore(problems(150))));
  });

  test('learn what makes a problem hard, for each model apart', () => {
    const { local, claude } = fitLocalScore(problems(400));
    assert.ok((local.coefficients.length ?? 0) < -0.5);
    assert.ok((claude.coefficients.length ?? 0) < -0.5);
    assert.ok(claude.intercept > local.intercept);
  });

  test('are judged by folds that hold a problem whole, whatever set it is from', () => {
    assert.equal(foldOf('abc301_a'), foldOf('abc301_a'));
    const folds = new Set(Array.from({ length: 200 }, (_, at) => foldOf(`abc${at}_b`)));
    assert.equal(folds.size, 10);
  });
});

describe('the recorded outcomes', () => {
  test('are none where no folder is named, and none where the folder is empty', () => {
    assert.deepEqual(outcomeSets(undefined), []);
    assert.deepEqual(outcomeSets(import.meta.dirname), []);
  });
});
