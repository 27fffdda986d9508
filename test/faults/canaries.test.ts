import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf, playCanaries } from './canaryCampaign.ts';
import { places, signsAt } from './canaryRequests.ts';

const cells = places.flatMap((place) => signsAt[place].map((sign) => cellOf({ place, sign })));

test('no canary in 1,000 requests reaches Claude, the cloud behind Ollama or a host that is not trusted', async (context) => {
  const result = await playCanaries(12, 1_000);
  assert.deepEqual(result.leaks, []);
  assert.ok(result.requests >= 1_000);
  for (const cell of cells) {
    const { asked = 0, answered = 0 } = result.cells.get(cell) ?? {};
    assert.ok(asked >= 20, `${cell}: ${asked} requests`);
    assert.ok(answered > 0, `${cell}: never answered on this machine`);
  }
  assert.ok(result.liftedAnswers >= 20, `${result.liftedAnswers} answers after a click`);
  assert.ok(result.restarts >= 5, `${result.restarts} restarts`);
  context.diagnostic(
    `${result.liftedAnswers} went on masked or without the turn, ${result.restarts} restarts`,
  );
});
