import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runMany } from './campaign.ts';
import { describeRun } from './report.ts';
import { situations } from './verdict.ts';

const count = 250;

const met = new Set<string>();

/** One test per seed, each of 250 requests among faults. */
export function keepPromises(seeds: readonly number[]): void {
  for (const seed of seeds)
    test(`${count} requests among faults keep every promise, seed ${seed}`, async (context) => {
      const { requests, faults, seconds, broken, tested } = await runMany({ seed, count });
      context.diagnostic(`${requests} requests met ${faults} faults in ${seconds.toFixed(1)} s`);
      for (const situation of tested.keys()) met.add(situation);
      assert.ok(requests >= count);
      assert.ok(faults >= count, `only ${faults} faults struck`);
      assert.equal(broken.map(describeRun).join('\n'), '');
    });

  test(`seeds ${seeds.join(', ')} put every promise to the test`, () => {
    assert.deepEqual(
      situations.filter((situation) => !met.has(situation)),
      [],
    );
  });
}
