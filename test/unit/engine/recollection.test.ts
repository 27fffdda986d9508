import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recollection } from '../../../src/engine/recollection.ts';
import type { Ledger, Recalled } from '../../../src/ledger/ledger.ts';
import type { Lesson } from '../../../src/vocabulary/experience.ts';
import type { Clock } from '../../../src/vocabulary/ports.ts';
import { local } from '../router/candidates.ts';

const never = new AbortController().signal;
const lesson: Lesson = {
  model: { provider: 'ollama', name: 'a:7b' },
  task: 'tests',
  band: 'easy',
  teacher: 'passed',
  at: 0,
};

/** A clock on which sleeping takes no time, and that says how long it was to be. */
function clockAt(start = 0) {
  const slept: number[] = [];
  const clock: Clock & { at: number } = {
    at: start,
    now: () => clock.at,
    monotonic: () => clock.at,
    sleep: async (ms) => {
      slept.push(ms);
    },
  };
  return { clock, slept };
}

const recalls = (answer: (about: Parameters<Ledger['recall']>[0]) => Promise<Recalled>) => ({
  recall: answer,
});

test('a ledger that hangs holds up no decision: the wait is bounded, and what was known before counts', async () => {
  const { clock, slept } = clockAt();
  let hangs = false;
  const recollection = new Recollection(
    recalls(() =>
      hangs ? new Promise(() => undefined) : Promise.resolve({ version: 1, lessons: [lesson], budget: [] }),
    ),
    clock,
  );
  await recollection.refresh({});
  hangs = true;
  await recollection.settle(recollection.refresh({}), never);
  assert.ok(slept.every((ms) => ms <= 150) && slept.length === 1);
  assert.equal(recollection.experience('tests', [local('a:7b')]).length, 1);
  assert.deepEqual(recollection.experience('tests', [local('b:7b')]), []);
  assert.deepEqual(recollection.experience('fix', [local('a:7b')]), []);
});

test('what has not changed is neither sent nor worked out again, until it has faded', async () => {
  const { clock } = clockAt(0);
  const known: (number | undefined)[] = [];
  const recollection = new Recollection(
    recalls(async ({ lessonsVersion }) => {
      known.push(lessonsVersion);
      return { version: 7, ...(lessonsVersion === 7 ? {} : { lessons: [lesson] }), budget: [] };
    }),
    clock,
  );
  await recollection.refresh({});
  const before = recollection.all()[0];
  await recollection.refresh({});
  assert.equal(recollection.all()[0], before);
  clock.at += 60 * 86_400_000;
  await recollection.refresh({});
  assert.deepEqual(known, [undefined, 7, 7]);
  // Half of it after 60 days.
  assert.equal(before?.passed, 1);
  assert.equal(recollection.all()[0]?.passed, 0.5);
});

test('figures that the ledger can not tell any more are marked as the last known ones', async () => {
  const { clock } = clockAt();
  const day = { period: 'day', since: 0, limitUsd: 2, spentUsd: 1, reservedUsd: 0, leftUsd: 1 } as const;
  let works = true;
  const recollection = new Recollection(
    recalls(async () => {
      if (!works) throw new Error('gone');
      return { version: 1, lessons: [], budget: [day] };
    }),
    clock,
  );
  assert.deepEqual(recollection.budget({ dayUsd: 2 }), { periods: [], stale: true });
  await recollection.refresh({ dayUsd: 2 });
  assert.deepEqual(recollection.budget({ dayUsd: 2 }), { periods: [day], stale: false });
  works = false;
  await recollection.refresh({ dayUsd: 2 });
  assert.deepEqual(recollection.budget({ dayUsd: 2 }), { periods: [day], stale: true });
  // Of a limit that was set anew nothing is known yet.
  assert.deepEqual(recollection.budget({ dayUsd: 3 }), { periods: [], stale: true });
});
