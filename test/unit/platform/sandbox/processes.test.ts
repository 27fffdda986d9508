import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RunAnswer } from '../../../../src/vocabulary/ports.ts';
import { Run, sandboxes } from './runs.ts';

function stoppedBy(answer: RunAnswer): string | undefined {
  return answer.ran && 'stoppedBy' in answer ? answer.stoppedBy : undefined;
}

for (const { name, sandbox } of await sandboxes()) {
  const begin = async (t: TestContext, files?: Readonly<Record<string, string>>): Promise<Run> => {
    const run = await Run.in(sandbox, files);
    t.after(() => run.end());
    return run;
  };

  test(`${name}, a command that hangs and ignores SIGTERM is ended in time`, async (t) => {
    const run = await begin(t);
    const answer = await run.sh(`trap '' TERM INT HUP; sleep ${run.seconds}`, { limits: { timeMs: 700 } });
    assert.equal(stoppedBy(answer), 'time');
    assert.deepEqual(await run.left(), []);
  });

  test(`${name}, one that begins more processes than it may is ended`, async (t) => {
    const run = await begin(t);
    const script = `i=0; while [ $i -lt 120 ]; do sleep ${run.seconds} & i=$((i+1)); done; wait`;
    assert.equal(stoppedBy(await run.sh(script)), 'processes');
    assert.deepEqual(await run.left(), []);
  });

  test(`${name}, a process that left its session and its parents dies too`, async (t) => {
    const run = await begin(t);
    const script = `setsid sh -c 'setsid sleep ${run.seconds} & exit' & sleep 0.3; echo done`;
    const answer = await run.sh(script);
    assert.equal(answer.ran && 'exitCode' in answer ? answer.exitCode : -1, 0);
    assert.deepEqual(await run.left(), []);
  });

  test(`${name}, endless output is cut and ended`, async (t) => {
    const run = await begin(t);
    const answer = await run.sh('yes | head -c 1000000000', { limits: { outputBytes: 5000 } });
    assert.equal(stoppedBy(answer), 'output');
    assert.equal(answer.ran && answer.output.length, 5000);
    assert.deepEqual(await run.left(), []);
  });

  test(`${name}, one that takes more memory than it may is ended`, async (t) => {
    const run = await begin(t);
    const script = 'head -c 600000000 /dev/zero | tail | sleep 30';
    assert.equal(stoppedBy(await run.sh(script, { limits: { memoryBytes: 64 * 1024 * 1024 } })), 'memory');
    assert.deepEqual(await run.left(), []);
  });

  test(`${name}, one that deletes its own folder harms nothing`, async (t) => {
    const run = await begin(t);
    const overlay = [{ path: `${run.folder}/src/new.test.js`, text: 'new' }];
    const answer = await run.sh('rm -rf "$PWD" 2>/dev/null; cd src 2>/dev/null; echo end', { overlay });
    assert.match(answer.ran ? answer.output : '', /end/);
    assert.equal((await run.sh('cat src/sum.js')).ran, true);
    assert.match(JSON.stringify(await run.sh('cat src/sum.js')), /"output":"sum"/);
    assert.deepEqual(await run.left(), []);
  });

  test(`${name}, an abort ends it and throws the signal's reason`, async (t) => {
    const run = await begin(t);
    const cancel = new AbortController();
    const running = run.sh(`setsid sleep ${run.seconds} & sleep ${run.seconds}`, { signal: cancel.signal });
    const failed = assert.rejects(running, /enough/);
    while ((await run.left()).length < 2) await sleep(20);
    cancel.abort(new Error('enough'));
    await failed;
    assert.deepEqual(await run.left(), []);
  });

  test(`${name}, an abort at any moment of its start leaves nothing`, async (t) => {
    const run = await begin(t);
    for (const ms of [0, 2, 5, 10, 20, 40]) {
      const cancel = new AbortController();
      const running = run.sh(`sleep ${run.seconds}`, { signal: cancel.signal });
      const failed = assert.rejects(running);
      await sleep(ms);
      cancel.abort();
      await failed;
      assert.deepEqual(await run.left(), [], `after ${ms} ms`);
    }
  });

  test(`${name}, nothing outlives an editor that is killed`, async (t) => {
    const run = await begin(t);
    const editor = spawn(process.execPath, [
      fileURLToPath(new URL('editorAtWork.ts', import.meta.url)),
      JSON.stringify({ sandbox, folder: run.folder, seconds: run.seconds }),
    ]);
    t.after(() => editor.kill('SIGKILL'));
    const sleeping = async () => (await run.left()).filter((line) => line.startsWith('sleep'));
    while ((await sleeping()).length < 2) await sleep(50);
    editor.kill('SIGKILL');
    const until = Date.now() + 20_000;
    while ((await run.left()).length > 0 && Date.now() < until) await sleep(50);
    assert.deepEqual(await run.left(), []);
    // What it left on disk goes with the next run.
    const scratch = async () =>
      (await readdir(tmpdir())).filter((one) => one.startsWith(`maia-run-${editor.pid}-`));
    // A run of another test may have come first.
    assert.ok((await scratch()).length <= 1);
    await run.sh('true');
    assert.deepEqual(await scratch(), []);
  });

  test(`${name}, the end and the output of a command are told`, async (t) => {
    const run = await begin(t);
    const answer = await run.sh('echo one; echo two >&2; echo three; exit 7');
    assert.deepEqual({ ...answer, ms: 0 }, { ran: true, exitCode: 7, output: 'one\ntwo\nthree\n', ms: 0 });
    const killed = await run.sh('kill -9 $$');
    assert.equal(killed.ran && 'exitCode' in killed && killed.exitCode, 137);
    const missing = await run.sh('', { shell: 'no-such-program' });
    assert.equal(missing.ran && 'exitCode' in missing && missing.exitCode, 127);
  });
}
