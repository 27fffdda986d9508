import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openLedger } from '../../../src/ledger/client.ts';
import { startAnthropic } from '../../servers/anthropic.ts';
import { startOllama } from '../../servers/ollama.ts';
import type { Disposed } from './disposing.ts';

let home: string;
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'maia-dispose-'));
});
after(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

test('closing the engine ends streams, workers and connections within two seconds, and records what was cut off', async () => {
  const ollama = await startOllama({ models: ['codellama:13b'] });
  const claude = await startAnthropic();
  ollama.hold('token', { afterTokens: 3 });
  ollama.hold('arrival');
  claude.hold('arrival');
  const program = join(import.meta.dirname, 'disposing.ts');
  const child = fork(program, [ollama.url, claude.url, claude.key, home], { stdio: 'inherit' });
  const exited = once(child, 'exit');
  try {
    const asked = await Promise.all([
      ollama.arrivals.waitFor('/api/chat'),
      ollama.arrivals.waitFor('/api/chat', 2),
      claude.arrivals.waitFor('/v1/messages'),
    ]);
    const told = performance.now();
    child.send('close');
    const said = await Promise.race([once(child, 'message'), exited]);
    const disposed = said[0] as Disposed;
    assert.equal(typeof disposed?.tookMs, 'number', `it ended with ${said}`);
    assert.ok(disposed.tookMs < 2_000, `${disposed.tookMs} ms`);
    assert.deepEqual(disposed.ends, ['cancelled', 'cancelled', 'cancelled']);
    const left = disposed.resources.filter((resource) => !/^(Pipe|TTY|FS|Stat)/.test(resource));
    assert.deepEqual(left, []);
    const [streaming, held, cloud] = asked;
    await Promise.all([
      ollama.arrivals.ended(streaming),
      ollama.arrivals.ended(held),
      claude.arrivals.ended(cloud),
    ]);
    for (const { closedAt } of asked)
      assert.ok(closedAt !== undefined && closedAt - told < 2_000, `${closedAt}`);
    assert.deepEqual(await exited, [0, null]);
  } finally {
    child.kill('SIGKILL');
    await Promise.all([ollama.close(), claude.close()]);
  }

  const ledger = openLedger({
    folder: home,
    practice: false,
    workerUrl: new URL('../../../src/ledger/worker.ts', import.meta.url),
    baselineModel: () => 'claude-sonnet-5-5',
  });
  const { latest } = await ledger.summary('all', Date.now());
  await ledger.close();
  assert.deepEqual(latest.map(({ id, end }) => [id, end]).sort(), [
    ['cloud', 'cancelled'],
    ['held', 'cancelled'],
    ['streaming', 'cancelled'],
  ]);
});
