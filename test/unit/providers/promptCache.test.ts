import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PromptCache } from '../../../src/providers/promptCache.ts';

const text = (length: number, seed = 0) =>
  Array.from({ length }, (_, at) => String.fromCharCode(97 + ((at * 7 + seed * 13 + (at >> 5)) % 26))).join(
    '',
  );

test('A first prompt is read whole, and so is one of another model', () => {
  const cache = new PromptCache();
  assert.equal(cache.readShare('a', text(5_000)), 1);
  assert.equal(cache.readShare('b', text(5_000)), 1);
});

test('A prompt that goes on where the last one ended is read from there', () => {
  const cache = new PromptCache();
  cache.readShare('a', text(5_120));
  assert.equal(cache.readShare('a', text(5_120) + text(5_120, 3)), 0.5);
});

test('One word put in front, and all is read again', () => {
  const cache = new PromptCache();
  cache.readShare('a', text(5_000));
  assert.equal(cache.readShare('a', `word ${text(5_000)}`), 1);
});

test('The share is one of 0 to 1 for any two prompts', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3_000 }), fc.string({ maxLength: 3_000 }), (one, two) => {
      const cache = new PromptCache();
      cache.readShare('a', one);
      const share = cache.readShare('a', two);
      assert.ok(share >= 0 && share <= 1);
      assert.ok(cache.readShare('a', two) <= 256 / Math.max(256, two.length) || two === '');
    }),
  );
});
