import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { canBeLayered, withLayers } from '../../../../src/platform/node/sandbox/bubblewrap.ts';
import { commandEnvironment } from '../../../../src/platform/node/sandbox/environment.ts';
import { layOver } from '../../../../src/platform/node/sandbox/laidOver.ts';
import { type Mount, mountArguments } from '../../../../src/platform/node/sandbox/mounts.ts';
import { psTable } from '../../../../src/platform/node/sandbox/processTable.ts';
import { replacedFolders } from '../../../../src/platform/node/sandbox/replacedFolders.ts';
import { seatbeltProfile } from '../../../../src/platform/node/sandbox/seatbelt.ts';

async function scratch(t: TestContext): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'maia-plans-')));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function write(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), name);
  }
}

test('a folder is mounted before what lies in it, and a place once, as it was said last', () => {
  const part = fc.constantFrom('a', 'b', 'c');
  const at = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(fc.array(at), (places) => {
      const mounts = places.map(
        (place, index): Mount => ({ at: place, kind: 'read', from: `/from/${index}` }),
      );
      const said = mountArguments(mounts);
      const order = said.filter((_, index) => index % 3 === 2);
      assert.deepEqual(new Set(order), new Set(places));
      assert.equal(order.length, new Set(places).size);
      for (const [index, place] of order.entries()) {
        assert.equal(said[index * 3 + 1], `/from/${places.lastIndexOf(place)}`);
        for (const later of order.slice(index + 1))
          assert.ok(!place.startsWith(`${later}/`), `${place} ${later}`);
      }
    }),
  );
});

test('a path stands in the options of a layer so that it is read as one', () => {
  const argv = withLayers('/s', 10, [['/over', '/a:b\\c']], ['bwrap', 'x']);
  assert.deepEqual(argv.slice(-6), ['/s', '10', '/over:/a\\:b\\\\c', '--', 'bwrap', 'x']);
  assert.equal(canBeLayered('/with,comma'), false);
  assert.equal(canBeLayered('/with space:and colon'), true);
});

test('of an environment only what is on the list comes along, with what the caller sets', () => {
  const names = fc.stringMatching(/^[A-Z][A-Z_]{0,20}$/);
  fc.assert(
    fc.property(fc.dictionary(names, fc.string({ minLength: 1 })), (own) => {
      const secret = {
        ...own,
        GITHUB_TOKEN: 'x',
        ANTHROPIC_API_KEY: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
        SSH_AUTH_SOCK: 'x',
      };
      const env = commandEnvironment({ ...secret, PATH: '/bin' }, { EXTRA: 'yes' });
      assert.equal(env.PATH, '/bin');
      assert.equal(env.EXTRA, 'yes');
      for (const name of Object.keys(env)) assert.doesNotMatch(name, /TOKEN|KEY|SECRET|SOCK|PASSWORD/);
    }),
  );
});

test('no path can add a rule to a profile of macOS, which allows no network at all', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (paths, home) => {
      const profile = seatbeltProfile({
        home,
        readable: paths,
        hidden: ['/x") (allow network*) ("'],
        scratch: '/scratch\\',
      });
      const rules = profile.replace(/"(?:\\[\\"]|[^"\\])*"/g, '""');
      assert.doesNotMatch(rules, /["\\](?!")(?<!"")/);
      assert.doesNotMatch(rules, /allow network/);
      assert.equal(rules.split('(deny network*)').length, 2);
    }),
  );
});

test('what ps tells is read', () => {
  const rows = psTable(
    '  12   1  12  2048 Mon Nov 23 22:13:04 2026\n   13  12 12 100   Mon Nov  2 22:13:05 2026  \n\nbad\n',
  );
  assert.deepEqual(rows, [
    { pid: 12, parent: 1, group: 12, memoryBytes: 2048 * 1024, began: 'Mon Nov 23 22:13:04 2026' },
    { pid: 13, parent: 12, group: 12, memoryBytes: 100 * 1024, began: 'Mon Nov  2 22:13:05 2026' },
  ]);
});

test('without layers only the nearest folder of a new file is replaced', async (t) => {
  const folder = await scratch(t);
  const project = join(folder, 'project');
  await write(project, ['a.js', 'src/b.js', 'src/deep/c.js', 'src/deep/d.js', 'lib/e.js']);
  const overlay = ['src/deep/new.js', 'src/b.js'].map((name) => ({
    path: join(project, name),
    text: 'laid over',
  }));
  const over = await layOver(project, overlay, [], join(folder, 'over'));
  const mounts = await replacedFolders(over, join(folder, 'replaced'));
  assert.deepEqual(mounts.map(({ at }) => at.slice(project.length)).toSorted(), ['/src/b.js', '/src/deep']);
  const deep = mounts.find(({ at }) => at.endsWith('deep'));
  const from = deep?.kind === 'read' ? deep.from : '';
  assert.equal(await readFile(join(from, 'new.js'), 'utf8'), 'laid over');
  assert.equal(await readFile(join(from, 'c.js'), 'utf8'), 'src/deep/c.js');
});

test('a folder with more folders than can be mounted is refused rather than waited for', async (t) => {
  const folder = await scratch(t);
  const project = join(folder, 'project');
  for (let index = 0; index < 450; index += 1) await mkdir(join(project, `f${index}`), { recursive: true });
  const over = await layOver(
    project,
    [{ path: join(project, 'new.js'), text: '' }],
    [],
    join(folder, 'over'),
  );
  await assert.rejects(replacedFolders(over, join(folder, 'replaced')), RangeError);
});
