import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startCode } from '../../../src/code/client.ts';
import { sourcePaths } from '../../../src/code/paths.ts';

const code = startCode(sourcePaths());
after(() => code.dispose());
const signal = new AbortController().signal;

test('a text of more than 1 MiB is refused, however many bytes its letters take', async () => {
  const ascii = await code.parse({ languageId: 'go', text: 'x'.repeat(1024 * 1024 + 1) }, signal);
  assert.deepEqual(ascii, { ok: false, problem: 'tooLarge' });
  const wide = await code.parse({ languageId: 'go', text: `// ${'é'.repeat(600_000)}` }, signal);
  assert.deepEqual(wide, { ok: false, problem: 'tooLarge' });
});

test('a language without a grammar is said to have none', async () => {
  assert.equal(code.supports('plaintext'), false);
  const result = await code.parse({ languageId: 'plaintext', text: 'hello' }, signal);
  assert.deepEqual(result, { ok: false, problem: 'noGrammar' });
});
