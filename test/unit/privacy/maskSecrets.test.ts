import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { maskSecrets } from '../../../src/privacy/maskSecrets.ts';
import { scanForSecrets } from '../../../src/privacy/secretScan.ts';
import { canaryOf, embedded, knownKinds } from '../../faults/canaries.ts';
import { Random } from '../../faults/random.ts';

describe('masking', () => {
  test('leaves texts without secrets as they are', async () => {
    const texts = ['a', '', 'const password = "example"', '\ud800 lone', '‹secret 1›'];
    assert.deepEqual(await maskSecrets(texts), texts);
  });

  test('numbers the same secret alike in all texts', async () => {
    const token = ['ghp', 'wR7vK2mXq9LtB4nZc8HsY1dJf6PgA3uE5oTi'].join('_');
    const password = 'vK7qXz29LmTbR4wY';
    assert.deepEqual(await maskSecrets([`x ${token} y`, `password = "${password}"`, `"${token}"`]), [
      'x ‹secret 1› y',
      'password = "‹secret 2›"',
      '"‹secret 1›"',
    ]);
  });

  test('takes every known kind of secret out, wherever and however it stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(...knownKinds), async (seed, kind) => {
        const random = new Random(`mask ${seed}`);
        const canary = canaryOf(kind, random);
        const texts = ['before', `some words\n${embedded(canary, random)}\nand more`, 'after'];
        const masked = await maskSecrets(texts);
        assert.ok(masked, texts[1]);
        assert.equal(masked.join('\n').includes(canary.core), false, texts[1]);
        assert.deepEqual(await scanForSecrets(masked), []);
        assert.deepEqual([masked[0], masked[2]], ['before', 'after']);
      }),
      { numRuns: 150 },
    );
  });

  test('finds what is written with escapes', async () => {
    const token = ['gh', '\\u0070', '_wR7vK2mXq9LtB4nZc8HsY1dJf6PgA3uE5oTi'].join('');
    const masked = await maskSecrets([`const t = "${token}";`, 'plain \\u0041']);
    assert.deepEqual(masked, ['const t = "‹secret 1›";', 'plain \\u0041']);
  });
});
