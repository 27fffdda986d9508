import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { startCode } from '../../../src/code/client.ts';
import { bundledPaths, sourcePaths } from '../../../src/code/paths.ts';
import { answerOf, code, never, source } from './ask.ts';

const failed = { ok: false, problem: 'failed' };
const go = source('go', 'package p\nfunc F() {}\n');

function troubled(deadlineMs?: number) {
  const workerUrl = new URL('troubledWorker.ts', import.meta.url);
  return startCode({ ...sourcePaths(), workerUrl, ...(deadlineMs !== undefined && { deadlineMs }) });
}

test('a text of more than 1 MiB is refused, however many bytes its letters take', async () => {
  const most = 1024 * 1024;
  assert.deepEqual(await code.parse(source('go', 'x'.repeat(most + 1)), never), {
    ok: false,
    problem: 'tooLarge',
  });
  const wide = source('go', `// ${'é'.repeat(600_000)}`);
  assert.deepEqual(await code.parse(wide, never), { ok: false, problem: 'tooLarge' });
  assert.deepEqual(await code.sameProgram(go, wide, never), { ok: false, problem: 'tooLarge' });
  assert.equal((await code.parse(source('go', `// ${'x'.repeat(most - 3)}`), never)).ok, true);
});

test('a language without a grammar is said to have none', async () => {
  assert.equal(code.supports('plaintext'), false);
  assert.equal(code.supports('csharp'), true);
  assert.deepEqual(await code.parse(source('plaintext', 'hello'), never), {
    ok: false,
    problem: 'noGrammar',
  });
});

test('a real source of nearly 1 MiB is answered', async () => {
  const one = 'export function f(a: number) {\n  if (a > 1) return g(a, [1, 2]);\n  return String(a);\n}\n';
  const text = one.repeat(Math.floor((1024 * 1024) / one.length));
  const slow = startCode({ ...sourcePaths(), deadlineMs: 120_000 });
  const at = text.lastIndexOf('return');
  const unit = await answerOf(slow.unitAt(source('typescript', text), { start: at, end: at }, never));
  assert.equal(unit?.span.end, text.length - 1);
  await slow.dispose();
});

test('code that nests or chains deeper than any stack is read', async () => {
  const sum = `const a = ${Array.from({ length: 20_000 }, () => 'b()').join(' + ')};\n`;
  assert.deepEqual(await answerOf(code.calledNames(source('typescript', sum), never)), ['b']);
  const deep = `${'('.repeat(20_000)}1${')'.repeat(20_000)}`;
  const same = await answerOf(
    code.sameProgram(source('python', deep), source('python', `${deep} # c`), never),
  );
  assert.equal(same.same, true);
});

test('an aborted question rejects with its reason and the others are answered', async () => {
  const reason = new Error('changed my mind');
  await assert.rejects(code.parse(go, AbortSignal.abort(reason)), reason);
  const running = new AbortController();
  const waiting = new AbortController();
  const answers = [
    code.units(go, running.signal),
    code.units(go, waiting.signal),
    code.units(go, never),
  ] as const;
  running.abort(reason);
  waiting.abort(reason);
  await assert.rejects(answers[0], reason);
  await assert.rejects(answers[1], reason);
  assert.equal((await answerOf(answers[2])).length, 1);
});

test('questions asked at once are answered each by its own text', async () => {
  const texts = Array.from({ length: 30 }, (_, index) => `package p\nfunc F${index}() {}\n`);
  const units = await Promise.all(texts.map((text) => answerOf(code.units(source('go', text), never))));
  assert.deepEqual(
    units.map((each) => each[0]?.name),
    texts.map((_, index) => `F${index}`),
  );
});

test('a text that takes too long fails alone, and the next one is answered by a new worker', async () => {
  const client = troubled(2_000);
  assert.equal((await client.parse(go, never)).ok, true);
  const both = [client.parse(source('go', 'hang'), never), client.units(go, never)] as const;
  assert.deepEqual(await both[0], failed);
  assert.equal((await both[1]).ok, true);
  await client.dispose();
});

test('a worker that exits, throws or eats its memory fails one question only', async () => {
  const client = troubled();
  for (const trouble of ['exit', 'throw', 'eat']) {
    assert.deepEqual(await client.parse(source('go', trouble), never), failed, trouble);
    assert.equal((await client.parse(go, never)).ok, true, `after ${trouble}`);
  }
  await client.dispose();
});

test('missing files of the engine or of a grammar fail the question', async () => {
  const nowhere = pathToFileURL(join(tmpdir(), 'maia-no-such-folder/'));
  for (const paths of [
    { ...sourcePaths(), grammars: nowhere },
    { ...sourcePaths(), wasm: nowhere },
    { ...sourcePaths(), workerUrl: new URL('worker.js', nowhere) },
  ]) {
    const client = startCode(paths);
    assert.deepEqual(await client.parse(go, never), failed);
    await client.dispose();
  }
});

test('after dispose nothing is answered and what waits fails', async () => {
  const client = startCode(sourcePaths());
  const waiting = [client.parse(go, never), client.units(go, never)];
  await client.dispose();
  for (const each of waiting) assert.deepEqual(await each, failed);
  assert.deepEqual(await client.parse(go, never), failed);
  await client.dispose();
});

test('an idle worker keeps no process alive', async () => {
  const program = `
    import { startCode } from ${JSON.stringify(new URL('../../../src/code/client.ts', import.meta.url).href)};
    import { sourcePaths } from ${JSON.stringify(new URL('../../../src/code/paths.ts', import.meta.url).href)};
    const code = startCode(sourcePaths());
    const result = await code.parse({ languageId: 'go', text: 'package p' }, new AbortController().signal);
    console.log(result.ok);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  assert.equal(stdout.trim(), 'true');
});

test('bundled, the worker finds engine and grammars beside itself', async () => {
  const dist = await mkdtemp(join(tmpdir(), 'maia-code-'));
  try {
    await build({
      entryPoints: { codeWorker: fileURLToPath(new URL('../../../src/code/worker.ts', import.meta.url)) },
      outdir: dist,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
    });
    const bundled = bundledPaths(pathToFileURL(`${dist}/`));
    const installed = sourcePaths();
    const grammar = 'tree-sitter-go.wasm';
    await mkdir(join(dist, 'grammars'));
    await copyFile(
      fileURLToPath(new URL(grammar, installed.grammars)),
      fileURLToPath(new URL(grammar, bundled.grammars)),
    );
    await copyFile(fileURLToPath(installed.wasm), fileURLToPath(bundled.wasm));
    const client = startCode({ ...bundled, workerUrl: new URL('codeWorker.mjs', bundled.workerUrl) });
    assert.equal((await answerOf(client.units(go, never)))[0]?.name, 'F');
    await client.dispose();
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
});
