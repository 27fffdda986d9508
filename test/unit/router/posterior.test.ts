import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  experienceOf,
  halfLifeDays,
  mostOfOneWorkspace,
  qualityOf,
  seenOf,
  teachers,
  wideningOf,
} from '../../../src/router/posterior.ts';
import { difficultyBands, type Lesson, type Teacher } from '../../../src/vocabulary/experience.ts';
import { local } from './candidates.ts';

const now = Date.UTC(2026, 10, 1);
const dayMs = 86_400_000;
const coder = local('codellama:13b', {}, { digest: 'one' }).model;

function lesson(change: Partial<Lesson> = {}): Lesson {
  return {
    model: coder.id,
    digest: 'one',
    host: '127.0.0.1:11434',
    task: 'tests',
    band: 'medium',
    teacher: 'passed',
    at: now,
    workspace: 'w1',
    ...change,
  };
}

const many = (count: number, change: Partial<Lesson> = {}) =>
  Array.from({ length: count }, () => lesson(change));

describe('what was learned', () => {
  test('counts for and against by who taught it', () => {
    const [found] = experienceOf(
      [
        lesson(),
        lesson({ teacher: 'applied' }),
        lesson({ teacher: 'undone' }),
        lesson({ teacher: 'edited' }),
      ],
      now,
    );
    assert.equal(found?.passed, 1.5);
    assert.equal(found?.failed, 1.3);
    assert.equal(found?.passedChecks, 1);
  });

  test('is forgotten by half in sixty days, and counted whole as checks', () => {
    const [found] = experienceOf([lesson({ at: now - halfLifeDays * dayMs }), lesson()], now);
    assert.equal(found?.passed, 1.5);
    assert.equal(found?.passedChecks, 2);
    assert.equal(experienceOf([lesson({ at: now + dayMs })], now)[0]?.passed, 1);
  });

  test('is of one model under one digest on one host, for one task and band', () => {
    const apart = experienceOf(
      [
        lesson(),
        lesson({ digest: 'two' }),
        lesson({ host: 'gpu.lan:11434' }),
        lesson({ task: 'fix' }),
        lesson({ band: 'hard' }),
      ],
      now,
    );
    assert.equal(apart.length, 5);
    const seen = seenOf(
      { model: coder.id, digest: 'one', host: '127.0.0.1:11434' },
      'tests',
      'medium',
      apart,
    );
    // Its own, and half of what is harder.
    assert.equal(seen.passed, 1.5);
    assert.equal(seenOf({ model: coder.id, digest: 'three' }, 'tests', 'medium', apart).passed, 0);
  });

  test('of one workspace weighs no more than its cap, whatever happens there', () => {
    const flood = experienceOf(many(500, { teacher: 'failed' }), now);
    assert.equal(flood[0]?.failed, mostOfOneWorkspace);
    const mixed = experienceOf([...many(60), ...many(60, { teacher: 'failed' })], now)[0];
    assert.equal(mixed?.passed, mostOfOneWorkspace / 2);
    assert.equal(mixed?.failed, mostOfOneWorkspace / 2);
    const two = experienceOf([...many(500), ...many(500, { workspace: 'w2' })], now);
    assert.equal(two[0]?.passed, 2 * mostOfOneWorkspace);
  });

  test('of a neighbouring band counts in part, more where it says more', () => {
    const learner = { model: coder.id, digest: 'one', host: '127.0.0.1:11434' };
    const seen = (band: Lesson['band'], teacher: Teacher) =>
      seenOf(learner, 'tests', 'medium', experienceOf([lesson({ band, teacher })], now));
    assert.equal(seen('hard', 'passed').passed, 0.5);
    assert.equal(seen('easy', 'passed').passed, 0.25);
    assert.equal(seen('easy', 'failed').failed, 0.5);
    assert.equal(seen('hard', 'failed').failed, 0.25);
    const far = seenOf(learner, 'tests', 'easy', experienceOf([lesson({ band: 'hard' })], now));
    assert.deepEqual([far.passed, far.passedChecks], [0, 1]);
  });

  test('is the same in any order', () => {
    const any = fc.record({
      digest: fc.constantFrom('one', 'two'),
      band: fc.constantFrom(...difficultyBands),
      teacher: fc.constantFrom(...(Object.keys(teachers) as Teacher[])),
      at: fc.integer({ min: now - 400 * dayMs, max: now }),
      workspace: fc.constantFrom('w1', 'w2', undefined),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (changes) => {
        const lessons = changes.map(({ workspace, ...change }) => {
          const { workspace: _, ...plain } = lesson(change);
          return workspace === undefined ? plain : { ...plain, workspace };
        });
        assert.deepEqual(experienceOf(lessons.toReversed(), now), experienceOf(lessons, now));
      }),
    );
  });
});

describe('a model’s quality', () => {
  test('begins at its prior with a wide bound, and follows what is seen', () => {
    const fresh = qualityOf(coder, 'tests', 0.4, []);
    assert.equal(fresh.mean, fresh.prior);
    assert.ok(fresh.bound < fresh.mean - 0.1);
    const proven = qualityOf(coder, 'tests', 0.4, experienceOf(many(8), now));
    assert.ok(proven.mean > fresh.mean && proven.bound > fresh.mean);
    assert.equal(proven.passed, 8);
    const failing = qualityOf(coder, 'tests', 0.4, experienceOf(many(3, { teacher: 'failed' }), now));
    assert.ok(failing.bound < fresh.bound);
    assert.equal(failing.failed, 3);
  });

  test('is not moved by another digest of the same name', () => {
    const other = { ...coder, digest: 'two' };
    assert.equal(qualityOf(other, 'tests', 0.4, experienceOf(many(8), now)).passed, 0);
  });

  test('never falls by what was passed, never rises by what failed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...(Object.keys(teachers) as Teacher[])), { maxLength: 40 }),
        fc.constantFrom(...difficultyBands),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (taught, band, difficulty) => {
          const lessons = taught.map((teacher) => lesson({ teacher, band }));
          const bound = (all: readonly Lesson[]) =>
            qualityOf(coder, 'tests', difficulty, experienceOf(all, now)).bound;
          assert.ok(bound([...lessons, lesson()]) >= bound(lessons) - 1e-6);
          assert.ok(bound([...lessons, lesson({ teacher: 'failed' })]) <= bound(lessons) + 1e-6);
        },
      ),
    );
  });
});

describe('a task is proposed to a model', () => {
  test('after enough passed checks', () => {
    assert.deepEqual(wideningOf(experienceOf(many(11), now)), []);
    const [found] = wideningOf(experienceOf([...many(7), ...many(5, { band: 'easy' })], now));
    assert.deepEqual(found?.model, coder.id);
    assert.equal(found?.task, 'tests');
    assert.equal(found?.passedChecks, 12);
    assert.equal(found?.share, 1);
  });

  test('only where nearly all was good', () => {
    const mixed = experienceOf([...many(12), ...many(4, { teacher: 'undone' })], now);
    assert.deepEqual(wideningOf(mixed), []);
  });

  test('for each model alone', () => {
    const two = experienceOf([...many(6), ...many(6, { digest: 'two' })], now);
    assert.deepEqual(wideningOf(two), []);
  });
});
