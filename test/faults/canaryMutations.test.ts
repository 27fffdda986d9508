import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf, playCanaries } from './canaryCampaign.ts';
import { places, signsAt } from './canaryRequests.ts';
import { mutations } from './mutation.ts';

const cells = places.flatMap((place) => signsAt[place].map((sign) => cellOf({ place, sign })));

test('with the permit check taken out, canaries of every place and sign reach them', async () => {
  const { cells: found } = await playCanaries(12, 240, mutations.permitsEverything);
  for (const cell of cells) assert.ok((found.get(cell)?.leaked ?? 0) > 0, `none found: ${cell}`);
});

test('with the look before the decision taken out, the permit alone still stops what stands in the bytes', async () => {
  const { leaks, cells: found } = await playCanaries(13, 240, mutations.examinesNothing);
  assert.deepEqual(
    leaks.filter((leak) => / (?:form|context|line) in /.test(leak)),
    [],
  );
  assert.ok((found.get('path in reference')?.leaked ?? 0) > 0, 'a path is in no bytes');
});
