import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { diskFiles } from '../../../src/platform/node/diskFiles.ts';

const never = new AbortController().signal;
let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maia-files-'));
  for (const path of [
    'App.csproj',
    'src/App.cs',
    'src/deep/Other.csproj',
    'node_modules/x/X.csproj',
    '.config/a.json',
  ]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
  await symlink(folder, join(folder, 'src', 'loop')).catch(() => undefined);
});
after(() => rm(folder, { recursive: true }));

async function found(glob: string, limit = 100): Promise<readonly string[]> {
  const paths = await diskFiles.find(folder, glob, limit, never);
  return paths.map((path) => relative(folder, path).replaceAll('\\', '/'));
}

describe('files on disk', () => {
  test('are found at any depth, the nearest first, packages left out and links not followed', async () => {
    assert.deepEqual(await found('**/*.csproj'), ['App.csproj', 'src/deep/Other.csproj']);
    assert.deepEqual(await found('*.csproj'), ['App.csproj']);
    assert.deepEqual(await found('**/*.json'), ['.config/a.json']);
  });

  test('are no more than were asked for, and none where there is no folder', async () => {
    assert.deepEqual(await found('**/*.csproj', 1), ['App.csproj']);
    assert.deepEqual(await diskFiles.find(join(folder, 'nowhere'), '**/*', 9, never), []);
  });

  test('are no longer searched once nobody waits', async () => {
    await assert.rejects(diskFiles.find(folder, '**/*', 9, AbortSignal.abort()), { name: 'AbortError' });
  });
});
