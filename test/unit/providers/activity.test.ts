import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Activity } from '../../../src/providers/activity.ts';
import { localModel } from './asking.ts';

const minute = 60_000;

function at(start = 1_000_000) {
  const hands = { now: start };
  const activity = new Activity({ now: () => hands.now });
  const loaded = (expiresAt: number) =>
    localModel({ loaded: { contextTokens: 4_096, memoryBytes: 1, gpuBytes: 0, expiresAt } });
  return { hands, activity, loaded };
}

test('A call of our own makes its model busy until it ends, and no other', () => {
  const { activity } = at();
  const end = activity.begin(localModel());
  assert.equal(activity.isBusy(localModel()), true);
  assert.equal(activity.isBusy(localModel({ id: { provider: 'ollama', name: 'phi4:14b' } })), false);
  assert.deepEqual([activity.calls, activity.localCalls], [1, 1]);
  end();
  assert.equal(activity.isBusy(localModel()), false);
});

test('A quiet call makes nobody wait', () => {
  const { activity } = at();
  activity.begin(localModel(), true);
  assert.deepEqual([activity.isBusy(localModel()), activity.calls], [false, 0]);
});

test('A time of expiry that was put off shows that another program was answered', () => {
  const { hands, activity, loaded } = at();
  activity.looked([loaded(hands.now + 5 * minute)]);
  hands.now += 2_000;
  activity.looked([loaded(hands.now - 2_000 + 5 * minute)]);
  assert.equal(activity.isBusy(loaded(0)), false, 'nothing has changed');
  hands.now += 2_000;
  const used = loaded(hands.now + 5 * minute);
  activity.looked([used]);
  assert.equal(activity.isBusy(used), true);
  hands.now += 25_000;
  assert.equal(activity.isBusy(used), false, 'it has been left alone since');
});

test('Our own answers put the time off too, and are not taken for anybody else’s', () => {
  for (const quiet of [false, true]) {
    const { hands, activity, loaded } = at();
    activity.looked([loaded(hands.now + 5 * minute)]);
    const end = activity.begin(localModel(), quiet);
    hands.now += 4_000;
    end();
    hands.now += 500;
    const after = loaded(hands.now + 5 * minute);
    activity.looked([after]);
    assert.equal(activity.isBusy(after), false);
  }
});

test('While one of ours runs nobody is blamed, for two names may share one place in memory', () => {
  const { hands, activity, loaded } = at();
  activity.looked([loaded(hands.now + 5 * minute)]);
  const end = activity.begin(localModel({ id: { provider: 'ollama', name: 'the-same-weights:3b' } }));
  hands.now += 2_000;
  end();
  const after = loaded(hands.now + 5 * minute);
  activity.looked([after]);
  assert.equal(activity.isBusy(after), false);
});

test('A model that others loaded is in use; one that was there before the first look is not', () => {
  const { hands, activity, loaded } = at();
  const model = loaded(hands.now + 5 * minute);
  activity.looked([]);
  hands.now += 1_500;
  activity.looked([model]);
  assert.equal(activity.isBusy(model), true);
  const first = at();
  first.activity.looked([model]);
  assert.equal(first.activity.isBusy(model), false);
});
