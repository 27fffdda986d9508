import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { knownTokens } from '../../../src/privacy/tokenForms.ts';

const drawn = 'q8Zr4Lk1VbX7nHc2TfWy5MdJ9sGp3EuAoQ6iR0xBq8Zr4Lk1VbX7nHc2TfWy5MdJ9sGp3EuAoQ6iR0xB';
const hex = '3f9a7c1e55d24b8e9b0a1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5';

describe('tokens are known by the form that their vendor gives them:', () => {
  for (const [kind, ...parts] of [
    ['aws', 'AKIA', 'PZ2LSNT276ZMVTUD'],
    ['google', 'AIza', drawn.slice(0, 35)],
    ['huggingface', 'hf_', drawn.slice(0, 34)],
    ['openai', 'sk-proj-', drawn.slice(0, 60)],
    ['digitalocean', 'dop_v1_', hex],
    ['telegram', '1931413682:AA', drawn.slice(0, 33)],
    ['twilio', 'SK', hex.slice(0, 32)],
    ['mailgun', 'key-', hex.slice(0, 32)],
    ['pypi', 'pypi-AgEIcHlwaS5vcmc', drawn],
    ['azure', 'abc8Q~', drawn.slice(0, 34)],
    ['supabase', 'sbp_', hex.slice(0, 40)],
  ] as const)
    test(kind, () => {
      const token = parts.join('');
      const text = `use "${token}" for it`;
      assert.deepEqual(
        knownTokens(text).map((one) => [one.kind, text.slice(one.start, one.end)]),
        [[kind, token]],
      );
    });

  test('but not where nothing in it looks drawn', () => {
    for (const parts of [
      ['AKIA', 'IOSFODNN7EXAMPLE'],
      ['AIza', 'x'.repeat(35)],
      ['hf_', 'your_hugging_face_token_goes_here_please'],
      ['SK', '0'.repeat(32)],
      ['sk-proj-', 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz'],
    ])
      assert.deepEqual(knownTokens(parts.join('')), [], parts.join(''));
  });
});
