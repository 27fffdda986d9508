import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { Finder } from '../../../src/privacy/find.ts';
import { jsonStrings } from '../../../src/privacy/jsonStrings.ts';
import { pathPatterns } from '../../../src/privacy/protectedPaths.ts';
import { settings } from '../../../src/vocabulary/settings.ts';

const globs = settings['maia.privacy.protectedPaths'].default;
const token = ['ghp', 'wR7vK2mXq9LtB4nZc8HsY1dJf6PgA3uE5oTi'].join('_');

describe('a scan of odd texts', () => {
  let folder = '';
  const finder = new Finder();
  const find = (texts: readonly string[], body?: string) =>
    finder.find({
      texts,
      ...(body === undefined ? {} : { body }),
      paths: [],
      globs,
      key: 'key',
      lines: { folders: [folder], megabytes: 16, waitMs: 30_000, readMs: 30_000 },
    });
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'odd-'));
    await writeFile(join(folder, '.env'), 'PHRASE="the heron of the ninth pier"\n');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  // Computing time, which others on this machine do not lengthen much.
  const computed = async (work: () => Promise<unknown>) => {
    const began = process.cpuUsage();
    await work();
    return process.cpuUsage(began).user / 1_000;
  };

  for (const [name, piece] of [
    ['one letter', 'a'],
    ['source code', "  const password = config.get('password') ?? process.env.DB_PASSWORD;\n"],
    ['headers of keys', '-----BEGIN PRIVATE KEY-----'],
    ['escapes', '\\u0067'],
    ['empty lines', '\n'],
    ['lone surrogates', '\ud800x\udc00'],
    ['all bytes', String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at))],
  ] as const)
    test(`10 MB of ${name} end within its limit`, async () => {
      const text = piece.repeat(Math.ceil(10_000_000 / piece.length));
      const ms = await computed(async () => assert.deepEqual((await find([text])).secrets, []));
      // The time that the scanner's client gives 10 MB.
      assert.ok(ms < 11_000, `${ms} ms`);
    });

  test('a secret and a protected line are found at the end of 10 MB', async () => {
    const text = 'some words of prose, and then some more\n'.repeat(250_000);
    const found = await find([`${text}the heron of the ninth pier\n${token}`]);
    assert.deepEqual(
      found.secrets.map(({ kind }) => kind),
      ['github'],
    );
    assert.deepEqual(found.lines, ['**/.env*']);
  });

  test('whatever the texts and bytes, the scan says something', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 4 }), text, async (texts, body) => {
        const found = await find(texts, body);
        assert.ok(Array.isArray(found.secrets) && Array.isArray(found.lines));
      }),
      { numRuns: 100 },
    );
  });

  test('a body nested without end is read to its bottom', () => {
    const deep = `${'['.repeat(3_000)}"${token}"${']'.repeat(3_000)}`;
    assert.deepEqual(jsonStrings(deep), [token]);
  });
});

describe('odd patterns', () => {
  test('that would take a regular expression for ever hold for more, quickly', () => {
    for (const glob of [
      `**/*${'a*'.repeat(30)}b`,
      '@(a|+(a))+b',
      '+(+(a|aa)|a)+(a)b',
      '*(*(*(a)))b',
      `{a,b}${'*a'.repeat(20)}c`,
    ]) {
      const patterns = pathPatterns([glob]);
      const began = process.cpuUsage();
      patterns.match(`/x/${'a'.repeat(40)}`);
      assert.ok(process.cpuUsage(began).user < 2_000_000, glob);
      assert.deepEqual(patterns.bad, []);
    }
    assert.ok(pathPatterns(['@(key|+(a))+b']).match('/x/keyab'));
    assert.ok(pathPatterns(['a*b*c*d*e*f*g*h']).match('/p/a1b2c3d4e5f6g7h'));
  });

  test('of nothing are told and hold for nothing', () => {
    const patterns = pathPatterns(['', ' ', '\0', '!a', 5, null]);
    assert.equal(patterns.bad.length, 6);
    assert.equal(patterns.match('/a/b'), undefined);
  });

  test('never throw, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }),
        fc.string({ maxLength: 30 }),
        (all, path) => {
          pathPatterns(all).match(path);
        },
      ),
    );
  });
});
