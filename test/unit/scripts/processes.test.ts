import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const processes = join(import.meta.dirname, '..', '..', '..', 'scripts', 'processes.ts');

/** A process that starts a child, which starts a grandchild; prints the grandchild's id, then does `then`. */
function family(then: string) {
  const grandchild =
    "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
  const child = `console.log(${grandchild}.pid); setInterval(() => {}, 1000)`;
  const source = `
    import { start, end } from ${JSON.stringify(processes)};
    const child = start(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', async (pid) => { process.stdout.write(pid); ${then} });
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function grandchildOf(parent: ReturnType<typeof family>): Promise<number> {
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  return Number(line);
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(50);
  }
  return false;
}

for (const [how, then] of [
  ['ends by itself', 'process.exit(0)'],
  ['crashes', "setImmediate(() => { throw new Error('on purpose'); })"],
  ['ends its child', 'await end(child)'],
] as const)
  test(`when a script ${how}, the processes of its children end with it`, async () => {
    const parent = family(then);
    assert.ok(await isGone(await grandchildOf(parent)));
  });

test('when a script is interrupted, the processes of its children end with it', async () => {
  const parent = family('');
  const pid = await grandchildOf(parent);
  parent.kill('SIGINT');
  const [code] = await once(parent, 'exit');
  assert.equal(code, 130);
  assert.ok(await isGone(pid));
});
