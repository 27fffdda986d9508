import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withLock } from '../../../scripts/workbench/lock.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maia-lock-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('two that want the same lock work one after the other', async () => {
  const file = join(folder, 'both');
  const events: string[] = [];
  const work = (name: string) =>
    withLock(file, async () => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} ends`);
    });
  await Promise.all([work('one'), work('two')]);
  const [first] = (events[0] ?? '').split(' ');
  assert.deepEqual(events.slice(0, 2), [`${first} begins`, `${first} ends`]);
  assert.equal(events.length, 4);
});

test('the lock of a process that has died is taken over', async () => {
  const file = join(folder, 'dead');
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await writeFile(file, String(child.pid));
  assert.equal(await withLock(file, () => readFile(file, 'utf8')), String(process.pid));
});

test('work that fails leaves the lock to the next one', async () => {
  const file = join(folder, 'failed');
  await assert.rejects(
    withLock(file, () => Promise.reject(new Error('on purpose'))),
    /on purpose/,
  );
  assert.equal(await withLock(file, async () => 'done'), 'done');
});
