import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { protectedFilesIn } from '../../../src/privacy/protectedFiles.ts';
import { settings } from '../../../src/vocabulary/settings.ts';

const worker = new URL('../../../src/privacy/worker.ts', import.meta.url);
const never = new AbortController().signal;
const globs = settings['maia.privacy.protectedPaths'].default;

async function project(t: TestContext, names: readonly string[]): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'maia-protected-')));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), '');
  }
  return folder;
}

test('protected files are found at any depth, and by what a link leads to', async (t) => {
  const folder = await project(t, ['.env', 'src/a.ts', 'app/config/server.pem', 'app/secrets/list.txt']);
  await symlink('../.env', join(folder, 'src/settings.txt'));
  const found = await protectedFilesIn(folder, globs, worker, never);
  assert.deepEqual(found?.map((path) => path.slice(folder.length + 1)).toSorted(), [
    '.env',
    'app/config/server.pem',
    'app/secrets/list.txt',
    'src/settings.txt',
  ]);
});

test('a folder without any has none, and a worker that fails tells nothing', async (t) => {
  const folder = await project(t, ['src/a.ts']);
  assert.deepEqual(await protectedFilesIn(folder, globs, worker, never), []);
  assert.equal(await protectedFilesIn(folder, globs, new URL('missing.ts', worker), never), undefined);
});

test('an abort ends the search', async (t) => {
  const folder = await project(t, []);
  await assert.rejects(
    protectedFilesIn(folder, globs, worker, AbortSignal.abort(new Error('enough'))),
    /enough/,
  );
});
