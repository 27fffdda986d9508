import assert from 'node:assert/strict';
import { test } from 'node:test';
import { egressText } from '../../../src/surfaces/egressText.ts';
import { secretButtons } from '../../../src/surfaces/secretChoices.ts';

const secretOffer = { id: 'x', kinds: ['github'], choices: ['mask', 'allowOnce'] } as const;
const open = { mode: 'auto', offline: false } as const;

test('a secret that was found can be masked or allowed once, by a button each', () => {
  assert.deepEqual(secretButtons({ secretOffer }, open), [
    { title: 'Mask and ask Claude', choice: 'mask' },
    { title: 'Allow once', choice: 'allowOnce' },
  ]);
});

test('there is nothing to choose without an offer, or where Claude may not be asked', () => {
  assert.deepEqual(secretButtons({}, open), []);
  assert.deepEqual(secretButtons({ secretOffer }, { ...open, mode: 'localOnly' }), []);
  assert.deepEqual(secretButtons({ secretOffer }, { ...open, offline: true }), []);
});

test('what left is told with time, host, model, size and reason, and names cannot break out of the table', () => {
  const at = Date.UTC(2026, 10, 23, 12);
  const text = egressText(
    [
      {
        requestId: '1',
        at,
        host: 'api.anthropic.com',
        model: 'claude-sonnet-5-5',
        bytes: 2_048,
        allowedBecause: 'masked',
      },
      {
        requestId: '2',
        at,
        host: 'gpu|lan',
        model: '[x](command:y)',
        bytes: 1,
        allowedBecause: 'trustedHost',
      },
    ],
    'en',
  );
  assert.match(
    text,
    /api\.anthropic\.com \| claude\\?-sonnet\\?-5\\?-5 \| 2\\\.0 KB \| you had its secrets masked \|/,
  );
  assert.ok(!text.includes('](command:'));
  assert.ok(!text.includes('gpu|lan'));
  assert.match(egressText([], 'en'), /nothing/);
});
