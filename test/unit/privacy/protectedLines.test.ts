import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type Disk, systemDisk } from '../../../src/privacy/disk.ts';
import { Finder } from '../../../src/privacy/find.ts';
import type { LinesJob } from '../../../src/privacy/job.ts';
import { settings } from '../../../src/vocabulary/settings.ts';

const globs = settings['maia.privacy.protectedPaths'].default;
const phrase = 'the vault opens at nine sharp';

async function folderOf(t: TestContext, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lines-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

function asker(folders: readonly string[], disk?: Disk, over: Partial<LinesJob> = {}) {
  const finder = new Finder(disk);
  return (texts: readonly string[]) =>
    finder.find({
      texts,
      paths: [],
      globs,
      key: 'key',
      lines: { folders, megabytes: 16, waitMs: 30_000, readMs: 30_000, ...over },
    });
}

describe('text without its path', () => {
  test('is known by the lines of protected files, in any folder of the workspace', async (t) => {
    const folder = await folderOf(t, {
      'a/b/.ENV.local': `SHORT=1\nPHRASE=${phrase}\n`,
      'src/open.ts': 'export const nothing = "to be seen here at all";\n',
      'secrets/notes.md': 'meet me where the river bends\n',
      'node_modules/x/.env': 'ENV_OF_A_PACKAGE_THAT_IS_NOT_OURS=1\n',
    });
    const ask = asker([folder]);
    assert.deepEqual((await ask([`PHRASE=${phrase}`])).lines, ['**/.env*']);
    assert.deepEqual((await ask(['x', 'meet me where the river bends'])).lines, ['**/secrets/**']);
    assert.deepEqual((await ask(['export const nothing = "to be seen here at all";'])).lines, []);
    assert.deepEqual((await ask(['ENV_OF_A_PACKAGE_THAT_IS_NOT_OURS=1'])).lines, []);
  });

  test('is not held for the lines of a template, which stays protected by its path', async (t) => {
    const folder = await folderOf(t, {
      '.env.example': 'API_BASE=https://api.example.org\n',
      '.env': `PHRASE=${phrase}\n`,
    });
    const ask = asker([folder]);
    assert.deepEqual((await ask(['API_BASE=https://api.example.org'])).lines, []);
    assert.deepEqual((await ask([`PHRASE=${phrase}`])).lines, ['**/.env*']);
    const byPath = await new Finder().find({
      texts: [],
      paths: [join(folder, '.env.example')],
      globs,
      key: 'k',
    });
    assert.deepEqual(byPath.patterns, ['**/.env*']);
  });

  test('is known in the bytes of an attempt, however JSON spells it', async (t) => {
    const folder = await folderOf(t, { '.env': `PHRASE=grüne ${phrase}\n` });
    const finder = new Finder();
    const lines = { folders: [folder], megabytes: 16, waitMs: 30_000, readMs: 30_000 };
    for (const body of [
      JSON.stringify({ messages: [{ content: `look:\nPHRASE=grüne ${phrase}\n` }] }),
      JSON.stringify({ input: { text: `grüne ${phrase}` } }).replace('ü', '\\u00fc'),
    ]) {
      const found = await finder.find({ texts: [], body, paths: [], globs, key: 'k', lines });
      assert.deepEqual(found.lines, ['**/.env*'], body);
    }
  });

  test('is not held for what unprotected files say all over', async (t) => {
    const shared = 'export function roundedPrice(basket: Basket): Money {';
    const folder = await folderOf(t, {
      'secrets/prices.ts': `${shared}\nconst margin = ofTheHouse(0.37);\n`,
      'src/prices.ts': `${shared}\n`,
      'old/prices.ts': `${shared}\nconst margin = ofTheHouse(0.37);\n`,
    });
    const ask = asker([folder]);
    assert.deepEqual((await ask([shared])).lines, []);
    // One copy elsewhere does not make it everybody's.
    assert.deepEqual((await ask(['const margin = ofTheHouse(0.37);'])).lines, ['**/secrets/**']);
  });

  test('is known by lines that come later, and still by those that are gone', async (t) => {
    const folder = await folderOf(t, { '.env': `PHRASE=${phrase}\n` });
    let now = 0;
    const clock = t.mock.method(performance, 'now', () => now);
    const ask = asker([folder]);
    assert.deepEqual((await ask([phrase])).lines, ['**/.env*']);
    await writeFile(join(folder, '.env'), 'PHRASE=a newer phrase is here now\n');
    await writeFile(join(folder, 'new.pem'), 'hand written, of no form at all\n');
    now += 3_000;
    assert.deepEqual((await ask(['a newer phrase is here now'])).lines, ['**/.env*']);
    assert.deepEqual((await ask([phrase])).lines, ['**/.env*']);
    await writeFile(join(folder, 'more.pem'), 'written by another hand, of no form\n');
    now += 3_000;
    assert.deepEqual((await ask(['hand written, of no form at all'])).lines, ['**/*.pem']);
    assert.deepEqual((await ask(['written by another hand, of no form'])).lines, ['**/*.pem']);
    clock.mock.restore();
  });

  test('is known by a protected name of a folder that has another name as well', async (t) => {
    const folder = await folderOf(t, { 'data/notes.md': `${phrase}\n` });
    await symlink(join(folder, 'data'), join(folder, 'secrets'));
    assert.deepEqual((await asker([folder])([phrase])).lines, ['**/secrets/**']);
  });

  test('is known however often its file was changed before', async (t) => {
    const lines = Array.from({ length: 20 }, (_, at) => `the phrase of the house number ${at}`).join('\n');
    const folder = await folderOf(t, { '.env': lines });
    let now = 0;
    const clock = t.mock.method(performance, 'now', () => now);
    const ask = asker([folder], systemDisk, { megabytes: 1 / 1024 });
    await ask(['']);
    for (let round = 0; round < 5; round += 1) {
      await writeFile(join(folder, '.env'), `${lines}\nthe newest phrase is ${'*'.repeat(round + 1)}`);
      now += 3_000;
      const found = await ask([`the newest phrase is ${'*'.repeat(round + 1)}`]);
      assert.deepEqual(found.lines, ['**/.env*'], `change ${round}`);
      assert.equal(found.leftOut, undefined);
    }
    clock.mock.restore();
  });

  test('is known by a link with a harmless name', async (t) => {
    const elsewhere = await folderOf(t, { '.ssh/config': `${phrase}\n` });
    const folder = await folderOf(t, { 'a.txt': 'x' });
    await symlink(join(elsewhere, '.ssh', 'config'), join(folder, 'plain.txt'));
    assert.deepEqual((await asker([folder])([phrase])).lines, ['**/.ssh/**']);
  });

  test('is known by a folder that a link leads to, protected by either name, and no other', async (t) => {
    const elsewhere = await folderOf(t, {
      '.aws/notes': 'the first phrase of all of these\n',
      'vault/notes.md': 'the second phrase of all of these\n',
      'plain/.env': 'THIRD="the third phrase of all of these"\n',
    });
    const folder = await folderOf(t, { 'a.txt': 'x' });
    await symlink(join(elsewhere, '.aws'), join(folder, 'conf'));
    await symlink(join(elsewhere, 'vault'), join(folder, 'secrets'));
    await symlink(join(elsewhere, 'plain'), join(folder, 'other'));
    const ask = asker([folder]);
    assert.deepEqual((await ask(['the first phrase of all of these'])).lines, ['**/.aws/**']);
    assert.deepEqual((await ask(['the second phrase of all of these'])).lines, ['**/secrets/**']);
    assert.deepEqual((await ask(['the third phrase of all of these'])).lines, []);
  });
});

describe('files that are hard to read', () => {
  test('loops of links end', async (t) => {
    const folder = await folderOf(t, { 'a/.env': `PHRASE=${phrase}\n` });
    await symlink(folder, join(folder, 'a', 'up'));
    await symlink(join(folder, 'self'), join(folder, 'self'));
    const found = await asker([folder, folder])([phrase]);
    assert.deepEqual(found.lines, ['**/.env*']);
  });

  test('of a gigabyte only the beginning is read, and that is said', async (t) => {
    const folder = await folderOf(t, { 'huge.pem': `${phrase} of the house\n` });
    await truncate(join(folder, 'huge.pem'), 2 ** 30);
    const text = await folderOf(t, {
      '.env': `${phrase}\n${'a line that goes on and on\n'.repeat(100_000)}`,
    });
    const found = await asker([folder, text])([phrase]);
    assert.deepEqual(found.lines, ['**/.env*']);
    assert.equal(found.leftOut?.beyond, 2);
  });

  test('more than the bound are left out, and that is said', async (t) => {
    const folder = await folderOf(t, { '.env': `${'x'.repeat(900_000)}\n`, 'z/.env': `PHRASE=${phrase}\n` });
    const found = await asker([folder], systemDisk, { megabytes: 0.5 })([phrase]);
    assert.deepEqual([found.lines, found.leftOut?.beyond, found.unindexed], [[], 2, undefined]);
  });

  test('unreadable ones, binary ones and odd names stop nothing', async (t) => {
    const folder = await folderOf(t, {
      'locked.pem': 'nobody may read this line here\n',
      'store.p12': Buffer.from([0, 1, 2, ...Buffer.from(`\n${phrase} in a binary file\n`)]),
      'wide.key': Buffer.from(`\ufeffwide ${phrase}\r\n`, 'utf16le'),
      'cafe\u0301/.env': `PHRASE=${phrase}\n`,
    });
    await chmod(join(folder, 'locked.pem'), 0);
    const ask = asker([folder, join(folder, 'not there')]);
    assert.deepEqual((await ask([phrase])).lines, ['**/.env*']);
    assert.deepEqual((await ask([`wide ${phrase}`])).lines, ['**/*.key']);
    assert.deepEqual((await ask([`${phrase} in a binary file`])).lines, []);
    assert.ok(((await ask(['x'])).leftOut?.unread ?? 0) >= 1);
  });

  test('one that changes while it is read is read once more', async (t) => {
    const folder = await folderOf(t, { '.env': `PHRASE=${phrase}\n` });
    let reads = 0;
    const disk: Disk = {
      ...systemDisk,
      async read(path, limit) {
        const bytes = await systemDisk.read(path, limit);
        reads += 1;
        if (reads === 1) await writeFile(path, 'PHRASE=a newer phrase is here now\n');
        return bytes;
      },
    };
    const ask = asker([folder], disk);
    assert.deepEqual((await ask(['a newer phrase is here now'])).lines, ['**/.env*']);
    assert.deepEqual((await ask([phrase])).lines, ['**/.env*']);
    assert.equal(reads, 2);
  });

  test('ones that are found are waited for longer than folders are', async (t) => {
    const folder = await folderOf(t, { '.env': `PHRASE=${phrase}\n`, 'deep/a.ts': 'x' });
    const read: Disk['read'] = async (path, limit) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return systemDisk.read(path, limit);
    };
    const found = await asker([folder], { ...systemDisk, read }, { waitMs: 20 })([phrase]);
    assert.deepEqual([found.lines, found.unindexed], [['**/.env*'], undefined]);
  });

  test('ones that are found and cannot be read in time protect, folders that take long do not', async (t) => {
    const folder = await folderOf(t, { '.env': `PHRASE=${phrase}\n`, 'deep/a.ts': 'x' });
    const never = () => new Promise<never>(() => undefined);
    const slowFile = asker([folder], { ...systemDisk, read: never }, { waitMs: 20, readMs: 20 });
    assert.equal((await slowFile(['anything'])).unindexed, true);
    const slowFolder = asker(
      [folder],
      { ...systemDisk, entries: (path) => (path === folder ? systemDisk.entries(path) : never()) },
      { waitMs: 100 },
    );
    assert.equal((await slowFolder(['anything'])).unindexed, undefined);
    assert.deepEqual((await slowFolder([phrase])).lines, ['**/.env*']);
  });
});
