import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runNodeTests } from '../../../scripts/test/nodeTests.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maia-runner-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function tallyOf(source: string) {
  await writeFile(join(folder, 'one.test.ts'), source);
  return runNodeTests(folder, { concurrency: 1, timeout: 10_000 });
}

test('tests inside suites are counted once each, with the failure told under its full title', async () => {
  const { passed, skipped, failures } = await tallyOf(`
    import { describe, it, test } from 'node:test';
    describe('outer', () => {
      it('holds', () => {});
      it('breaks', () => { throw new Error('on purpose'); });
      it('waits', { skip: true }, () => {});
    });
    test('alone', () => {});
  `);
  assert.deepEqual([passed, skipped, failures.length], [2, 1, 1]);
  assert.equal(failures[0]?.title, 'outer › breaks');
  assert.match(failures[0]?.error ?? '', /on purpose/);
});

test('a file that cannot be loaded fails, and says why', async () => {
  const { failures } = await tallyOf("import './missing.ts';");
  assert.equal(failures.length, 1);
  assert.match(failures[0]?.error ?? '', /ERR_MODULE_NOT_FOUND/);
});

test('a hook that throws fails', async () => {
  const { failures } = await tallyOf(`
    import { before, describe, it } from 'node:test';
    describe('outer', () => { before(() => { throw new Error('hook'); }); it('never runs', () => {}); });
  `);
  assert.ok(failures.length > 0);
});

test('a process that ends early fails', async () => {
  const { failures } = await tallyOf(
    "import { test } from 'node:test'; test('leaves', () => process.exit(3));",
  );
  assert.ok(failures.length > 0);
});

test('a folder without tests fails instead of passing in silence', async () => {
  const { failures } = await runNodeTests(join(folder, 'none'), { concurrency: 1, timeout: 10_000 });
  assert.equal(failures.length, 1);
});
