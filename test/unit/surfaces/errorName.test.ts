import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { errorName } from '../../../src/surfaces/errorName.ts';

test('the log knows an error by its name and code, never by a path that its message holds', async () => {
  const error = await readFile(join(import.meta.dirname, 'there-is-none')).catch((thrown: unknown) => thrown);
  assert.match(String(error), /there-is-none/);
  assert.equal(errorName(error), 'Error ENOENT');
  assert.equal(errorName(new TypeError('x is not a function')), 'TypeError');
  assert.equal(errorName(Object.assign(new Error('no'), { code: '/home/me/a file' })), 'Error');
  assert.equal(errorName('thrown as text'), 'failed');
});
