import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { classify } from '../../../src/router/classify.ts';
import { contestFeatureNames, contestFeatures } from '../../../src/router/contestForm.ts';
import { benefitOf, contestScore } from '../../../src/router/contestScore.ts';
import { localScore } from '../../../src/router/localScore.ts';
import weights from '../../../src/router/localScoreWeights.json' with { type: 'json' };

const problem = `counting-lanterns

You are given an integer array lanterns, where lanterns[i] is the height of a lantern, and an integer k.
In one operation you may lower any lantern by one. Return the minimum number of operations after which no two
adjacent lanterns differ by more than k.

Example 1:

Input: lanterns = [3,9,4], k = 2
Output: 4
Explanation: Lower the second lantern four times.

Constraints:

1 <= lanterns.length <= 10^5
0 <= lanterns[i], k <= 10^9
`;

function scored(text: string): number {
  return localScore(classify({ text, surface: 'chat', contextCharacters: 0, contextItems: 0 }), text);
}

describe('the score of a local model', () => {
  test('is high for routine work in the editor, low for a problem of a contest and for strategic work', () => {
    for (const routine of [
      'explain this function',
      'add a docstring to this method',
      'write a commit message for my changes',
      'what is a closure?',
    ])
      assert.ok(scored(routine) > 0.7, `${routine}: ${scored(routine)}`);
    assert.ok(scored(problem) < 0.4, `${scored(problem)}`);
    assert.ok(scored('design the architecture of a multi-tenant billing system') < 0.4);
  });

  test('is 0 to 1 for whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const score = scored(`${text}\nInput\nOutput\nConstraints\n10^${text}\n${text}`);
        assert.ok(score >= 0 && score <= 1, `${score}`);
      }),
      { numRuns: 300 },
    );
  });

  test('reads a huge problem in bounded time', () => {
    const huge = problem + '1 <= n <= 10^9, edges of a tree\n'.repeat(300_000);
    assert.ok(scored(huge) < 0.4);
    assert.equal(contestFeatures(huge)?.length, contestFeatureNames.length);
  });

  test('is lowest where only Claude is right', () => {
    assert.ok(benefitOf(0.05, 0.9) > benefitOf(0.05, 0.1));
    assert.ok(benefitOf(0.05, 0.9) > benefitOf(0.9, 0.9));
    const certain = (intercept: number) => ({ intercept, coefficients: {} });
    const score = (local: number, claude: number) =>
      contestScore({ level: 1, local: certain(local), claude: certain(claude) })(problem) ?? Number.NaN;
    assert.ok(score(-9, 9) < 0.01);
    assert.ok(score(9, 9) > 0.99);
    assert.ok(score(-9, -9) > 0.99);
  });
});

describe('the form of a problem', () => {
  test('is not seen in what is typed into an editor', () => {
    for (const text of [
      'explain this function',
      `Why is my input not shown in the output? ${'I have tried it many times. '.repeat(20)}`,
    ])
      assert.equal(contestFeatures(text), undefined);
  });

  test('is not seen in code that compares and speaks of input and output', () => {
    const code = 'function read(input) {\n  if (input.length <= 1) return output;\n}\n'.repeat(12);
    assert.equal(contestFeatures(`explain this\n\n${code}`), undefined);
  });

  test('is hard whatever its words, the more so the seldomer a local model solves such a problem', () => {
    const difficulty = (text: string) =>
      classify({ text, surface: 'chat', contextCharacters: 0, contextItems: 0, task: 'generate' }).difficulty;
    const easier = problem.replace('10^5', '10').replace('10^9', '10');
    assert.ok(difficulty(problem) >= 0.7, `${difficulty(problem)}`);
    const named = difficulty(problem.replace('You are given', 'You get a simple'));
    assert.ok(Math.abs(named - difficulty(problem)) < 0.02, `${named}`);
    assert.ok(difficulty(easier) < difficulty(problem));
  });

  test('tells sizes, bounds and words', () => {
    const found = contestFeatures(problem) ?? [];
    const named = Object.fromEntries(contestFeatureNames.map((name, at) => [name, found[at]]));
    assert.equal(named.largestBound, 9);
    assert.equal(named.bruteForceNoMore, 1);
    assert.equal(named.examples, 1);
    assert.equal(named.classToFill, 0);
    assert.equal(named.least, 1);
    assert.equal(named.operation, 1);
    assert.equal(named.tree, 0);
  });

  test('has one trained coefficient for each thing that is counted', () => {
    for (const { coefficients } of [weights.local, weights.claude])
      assert.deepEqual(Object.keys(coefficients), [...contestFeatureNames]);
  });
});
