import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { playOne, runMany } from './campaign.ts';

import { mutations } from './mutation.ts';
import type { Invariant } from './verdict.ts';

/** Each fault that is put into Maia, and the promise that it has to be seen to break. */
const breaks: Readonly<Record<keyof typeof mutations, Invariant>> = {
  permitsEverything: 'privacy',
  examinesNothing: 'privacy',
  finishesTwice: 'events',
  gluesHalves: 'text',
  overwritesEdits: 'file',
  forgetsFailedAttempts: 'money',
  losesRows: 'ledger',
  reservesNothing: 'budget',
  learnsFromUncheckedAnswers: 'lessons',
  goesOnWhenCancelled: 'cancel',
  hidesFailures: 'surprise',
};

describe('the run among faults finds', () => {
  for (const [name, invariant] of Object.entries(breaks))
    test(`that Maia ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`, async () => {
      const mutation = mutations[name as keyof typeof mutations];
      const { broken } = await runMany({ seed: 3, count: 800, most: 1, mutation });
      const found = broken.flatMap(({ violations }) => violations.map((one) => one.invariant));
      assert.ok(found.includes(invariant), `found ${found.join(', ') || 'nothing'}`);
    });
});

test('the same run takes the same course each time', async () => {
  const course = async (index: number) => {
    const { ran, world, faults } = await playOne(3, index);
    return {
      faults,
      // What is offered about secrets is named at random, so that nobody can answer it unasked.
      events: ran.map(({ events }) => JSON.stringify(events).replace(/("secretOffer":\{"id":")[^"]*/g, '$1')),
      bytes: world.network.exchanges.map(({ path, sent, taken }) => [path, sent.length, taken.length]),
    };
  };
  for (const index of [2, 5, 8]) assert.deepEqual(await course(index), await course(index));
});
