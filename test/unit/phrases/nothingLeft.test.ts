import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import type { Reason } from '../../../src/vocabulary/reason.ts';

const secret: Reason = { code: 'protectedSecret', params: { kind: 'github', boundary: 'cloud' } };
const path: Reason = { code: 'protectedPath', params: { path: '.env*', boundary: 'cloud' } };

function said(because: readonly Reason[]) {
  const { text, next } = createPhrases().failure({ code: 'nothingLeft', params: { because } });
  return `${text} ${next}`;
}

test('a held secret says that nothing was sent, and that it can be masked', () => {
  assert.match(said([secret]), /^Nothing was sent\. A secret was found .*Mask the secret/);
});

test('masking is not offered for what a protected path holds', () => {
  assert.doesNotMatch(said([secret, path]), /[Mm]ask/);
});

test('that a tier is used on request alone is said only where nothing else closed the way', () => {
  const tier: Reason = { code: 'tierNotAllowed', params: { tier: 'haiku' } };
  assert.doesNotMatch(said([secret, tier]), /Haiku/);
  assert.match(said([tier]), /Haiku/);
});
