import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ask, checkerFor, compilers, majors, projectIn, strict, told } from './project.ts';

const path = 'src/add.ts';
const add = 'export function add(a: number, b: number): number {\n  return a + b;\n}\n';
const project = { 'package.json': '{"type":"module"}', 'tsconfig.json': strict, [path]: add };

/** A project whose compiler does as it is told here. */
function projectWith(t: Parameters<typeof projectIn>[0], code: string, version = '5.9.3'): string {
  return projectIn(t, undefined, {
    ...project,
    'node_modules/typescript/package.json': JSON.stringify({
      name: 'typescript',
      version,
      main: './own.cjs',
    }),
    'node_modules/typescript/own.cjs': code,
  });
}

test('runs nothing of a workspace that is not trusted', async (t) => {
  const folder = projectIn(t, 7, project);
  const checker = checkerFor(t, { isTrusted: () => false });
  assert.deepEqual(await ask(checker, { folder, path, before: add, after: add }), {
    asked: false,
    why: 'untrusted',
  });
});

test('a project without TypeScript, and one with a version that nobody has tried', async (t) => {
  const checker = checkerFor(t);
  const none = projectIn(t, undefined, project);
  assert.deepEqual(await ask(checker, { folder: none, path, after: add }), {
    asked: false,
    why: 'noCompiler',
  });
  for (const version of ['7.0.3', '7.1.0', '8.0.0', '4.6.4', '3.9.10', 'next']) {
    const other = projectWith(t, '', version);
    assert.deepEqual(
      await ask(checker, { folder: other, path, after: add }),
      { asked: false, why: 'otherVersion' },
      version,
    );
  }
});

test('takes the compiler of the repository around the folder, and none from beyond it', async (t) => {
  const files = Object.fromEntries(
    Object.entries(project).map(([name, text]) => [`packages/one/${name}`, text]),
  );
  const hoisted = projectIn(t, 7, { ...files, '.git/HEAD': '' });
  const checker = checkerFor(t);
  const answer = await ask(checker, { folder: join(hoisted, 'packages/one'), path, before: add, after: add });
  assert.ok(answer.asked, JSON.stringify(answer));
  const beyond = projectIn(t, 7, { ...files, 'packages/one/.git/HEAD': '' });
  const other = await ask(checker, { folder: join(beyond, 'packages/one'), path, before: add, after: add });
  assert.deepEqual(other, { asked: false, why: 'noCompiler' });
});

test('a compiler that breaks is a check that failed, and the next question begins anew', async (t) => {
  const checker = checkerFor(t);
  for (const code of ['throw new Error("broken")', 'process.exit(3)', 'module.exports = {}']) {
    const folder = projectWith(t, code);
    const answer = await ask(checker, { folder, path, before: add, after: add });
    assert.deepEqual(answer, { asked: false, why: 'failed' }, code);
  }
  const folder = projectIn(t, 7, project);
  const answer = await ask(checker, { folder, path, before: add, after: add.replace('a + b', 'a + c') });
  assert.ok(answer.asked, JSON.stringify(answer));
  assert.deepEqual(told(answer.after), ['2304@2']);
});

test('a compiler that finds no end is not waited for, is ended, and is left alone for a while', async (t) => {
  const folder = projectWith(t, 'for (;;) {}');
  let asked = 0;
  const open = () => {
    asked += 1;
    return [];
  };
  const checker = checkerFor(t, { open, limits: { answerMs: 100, endMs: 400 } });
  const late = { asked: false, why: 'tooSlow' };
  assert.deepEqual(await ask(checker, { folder, path, after: add }), late);
  await new Promise((resolve) => setTimeout(resolve, 600));
  assert.deepEqual(await ask(checker, { folder, path, after: add }), late);
  assert.equal(asked, 1);
});

test('a compiler that takes all memory ends alone', async (t) => {
  const folder = projectWith(t, 'const all = []; for (;;) all.push(new Array(1e5).fill({}));');
  const checker = checkerFor(t, { limits: { heapMib: 64 } });
  assert.deepEqual(await ask(checker, { folder, path, after: add }), { asked: false, why: 'failed' });
  assert.deepEqual(await ask(checker, { folder, path, after: add }), { asked: false, why: 'tooSlow' });
});

test('an abort is heard at once, whatever the compiler does', async (t) => {
  const folder = projectWith(t, 'for (;;) {}');
  const checker = checkerFor(t);
  const cancel = new AbortController();
  const asked = ask(checker, { folder, path, after: add, signal: cancel.signal });
  setTimeout(() => cancel.abort(new Error('enough')), 50);
  await assert.rejects(asked, /enough/);
});

test('what was made ready is asked at once, and nobody waits for what makes it ready', async (t) => {
  const folder = projectIn(t, 7, project);
  const checker = checkerFor(t);
  checker.warm({ folder, path: join(folder, path), languageId: 'typescript', before: add });
  const answer = await ask(checker, { folder, path, before: add, after: add.replace('a + b', 'a + c') });
  assert.ok(answer.asked);
  assert.deepEqual(told(answer.after), ['2304@2']);
});

for (const major of majors)
  test(`TypeScript ${major} leaves no process behind once it is disposed of or idle`, {
    skip: process.platform === 'win32',
  }, async (t) => {
    const folder = projectIn(t, major, project);
    // By its working folder, which is its own.
    const mine = () =>
      execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes(folder));
    const idle = checkerFor(t, { limits: { idleMs: 50 } });
    assert.ok((await ask(idle, { folder, path, before: add, after: add })).asked);
    await gone(mine);
    const checker = checkerFor(t);
    assert.ok((await ask(checker, { folder, path, before: add, after: add })).asked);
    assert.equal(mine().length, major === 7 ? 1 : 0);
    await checker.dispose();
    await gone(mine);
  });

async function gone(mine: () => readonly string[]): Promise<void> {
  for (let tries = 0; tries < 100 && mine().length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(mine(), []);
}

test('a compiler that packages share by a link is found as the package that it is', async (t) => {
  const folder = projectIn(t, undefined, project);
  const store = join(folder, 'node_modules', '.pnpm', 'typescript', 'node_modules', 'typescript');
  mkdirSync(dirname(store), { recursive: true });
  symlinkSync(compilers[7], store, 'junction');
  symlinkSync(store, join(folder, 'node_modules', 'typescript'), 'junction');
  assert.ok((await ask(checkerFor(t), { folder, path, before: add, after: add })).asked);
});
