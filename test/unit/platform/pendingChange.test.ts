import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { diffSections, unquoted } from '../../../src/platform/node/diffSections.ts';
import { pendingChange, workTreeOf } from '../../../src/platform/node/pendingChange.ts';
import type { PendingChange } from '../../../src/vocabulary/repository.ts';

const run = promisify(execFile);
const never = new AbortController().signal;
const folders: string[] = [];
let root = '';

async function git(...args: readonly string[]): Promise<void> {
  await run('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], { cwd: root });
}

async function write(name: string, text: string | Uint8Array): Promise<void> {
  await mkdir(join(root, name, '..'), { recursive: true });
  await writeFile(join(root, name), text);
}

async function change(signal = never): Promise<PendingChange> {
  const found = await pendingChange(root, undefined, signal);
  assert.ok(found.ok, JSON.stringify(found));
  return found.value;
}

const named = ({ context }: PendingChange) =>
  context.map(({ path = '' }) => path.slice(root.length + 1)).toSorted();

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'maia-git-')));
  folders.push(root);
  await git('init', '-q', '-b', 'fix/zones');
});
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('what a commit would hold', () => {
  it('is what is staged, in a repository without a commit too', async () => {
    await write('a.ts', 'const a = 1;\n');
    await write('b.ts', 'const b = 1;\n');
    await git('add', 'a.ts');
    const found = await change();
    assert.deepEqual(named(found), ['a.ts']);
    assert.match(found.context[0]?.text ?? '', /^diff --git a\/a\.ts b\/a\.ts[\s\S]*\+const a = 1;$/);
    assert.deepEqual(found.commit, { subjects: [], branch: 'fix/zones', unread: [], untracked: [] });
  });

  it('is all that was changed where nothing is staged, with the names of new files and no text of theirs', async () => {
    await write('a.ts', 'const a = 1;\n');
    await git('add', '.');
    await git('commit', '-qm', 'feat: begin');
    await write('a.ts', 'const a = 2;\n');
    await write('new/secret.env', 'KEY=1\n');
    const found = await change();
    assert.deepEqual(named(found), ['a.ts', 'new/secret.env']);
    assert.equal(found.context.find(({ path }) => path?.endsWith('.env'))?.text, '');
    assert.deepEqual(found.commit.untracked, ['new/secret.env']);
    assert.deepEqual(found.commit.subjects, ['feat: begin']);
  });

  it('tells both paths of a file that was moved', async () => {
    await write('.env', `${'KEY=1\n'.repeat(20)}`);
    await git('add', '.');
    await git('commit', '-qm', 'begin');
    await rename(join(root, '.env'), join(root, 'plain.txt'));
    await git('add', '-A');
    assert.deepEqual(named(await change()), ['.env', 'plain.txt']);
  });

  it('knows names with blanks, quotes, line ends and letters beyond ASCII', async () => {
    const odd = ['a b.ts', 'ü.ts', '"q".ts', 'x b/y.ts', 'two\nlines.ts', 'tab\t.ts'];
    for (const name of odd) await write(name, '+++ b/other\n--- a/other\n');
    await write('p c.bin', new Uint8Array([0, 1, 2]));
    await write('empty d', '');
    await git('add', '.');
    assert.deepEqual(named(await change()), [...odd, 'p c.bin', 'empty d'].toSorted());
  });

  it('runs no program that the repository names', async () => {
    await write('a.txt', 'a\n');
    await write('.gitattributes', '* diff=odd\n');
    await git('add', '.');
    await git('commit', '-qm', 'begin');
    await write('a.txt', 'b\n');
    const program = join(root, 'program.sh');
    await write('program.sh', `#!/bin/sh\necho ran > '${join(root, 'ran')}'\n`);
    await chmod(program, 0o755);
    for (const name of [
      'diff.external',
      'diff.odd.command',
      'diff.odd.textconv',
      'core.fsmonitor',
      'core.pager',
    ])
      await git('config', name, program);
    await git('config', 'diff.noprefix', 'true');
    await git('config', 'color.ui', 'always');
    const found = await change();
    assert.match(found.context[0]?.text ?? '', /\n-a\n\+b$/);
    await assert.rejects(readFile(join(root, 'ran')), { code: 'ENOENT' });
  });

  it('only names what is too long to read', async () => {
    await write('a.txt', `${'a line of a long file\n'.repeat(80_000)}`);
    await write('b.txt', 'b\n');
    await git('add', '.');
    const found = await change();
    assert.deepEqual(named(found), ['a.txt', 'b.txt']);
    assert.deepEqual(found.commit.unread, ['b.txt']);
    assert.ok((found.context[0]?.text.length ?? 0) <= 1024 * 1024);
  });

  it('is nothing where nothing was changed, and a failure where there is no repository', async () => {
    assert.equal(failureOf(await pendingChange(root, undefined, never)), 'nothingChanged');
    assert.equal(failureOf(await pendingChange(join(root, '.git'), undefined, never)), 'gitFailed');
    assert.equal(failureOf(await pendingChange(root, 'no-such-git', never)), 'gitFailed');
    assert.equal(await workTreeOf(root, never), root);
    assert.equal(await workTreeOf(tmpdir(), never), undefined);
  });

  it('is not asked for once that was given up', async () => {
    const ending = new AbortController();
    const asked = pendingChange(root, undefined, ending.signal);
    ending.abort(new Error('given up'));
    await assert.rejects(asked, /given up/);
  });
});

function failureOf(found: Awaited<ReturnType<typeof pendingChange>>): string {
  return found.ok ? 'none' : found.failure.code;
}

describe('a diff', () => {
  it('is split where git begins a file, whatever stands in the files', () => {
    const line = fc.constantFrom(
      ' diff --git a/x b/x',
      '+++ b/y',
      '-diff --git',
      '+@@ -1 +1 @@',
      ' ',
      '-',
      '\\ No newline',
    );
    const section = fc
      .tuple(fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,4})?\.ts$/), fc.array(line, { maxLength: 8 }))
      .map(([name, lines]) => ({
        name,
        text: [
          `diff --git a/${name} b/${name}`,
          'index 1..2 100644',
          `--- a/${name}`,
          `+++ b/${name}`,
          '@@ -1,2 +1,2 @@',
          ...lines,
        ].join('\n'),
      }));
    fc.assert(
      fc.property(fc.array(section), (sections) => {
        const found = diffSections(sections.map(({ text }) => `${text}\n`).join(''));
        assert.deepEqual(
          found.map(({ paths, text }) => [paths[0], text]),
          sections.map(({ name, text }) => [name, text]),
        );
      }),
    );
  });

  it('quotes odd names as C does', () => {
    assert.equal(unquoted('"a\\"b\\\\c\\t\\303\\274.ts"'), 'a"b\\c\tü.ts');
    assert.equal(unquoted('plain.ts'), 'plain.ts');
  });
});
