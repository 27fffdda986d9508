import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const program = join(root, 'dist', 'cli.js');
const lines = ['explain this', 'fix the deadlock across all services', 'größe ändern 😀', 'write tests']
  .map((prompt, id) => JSON.stringify({ id, prompt, language: 'typescript', surface: 'chat' }))
  .join('\n');

function routed(node: string, options: readonly string[] = [], args: readonly string[] = []) {
  const run = spawnSync(node, [...options, program, 'route', '--jsonl', ...args], {
    input: lines,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', OLLAMA_HOST: 'http://192.0.2.1:9' },
    timeout: 60_000,
  });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout;
}

/** Every Node on the machine that is at least 20. */
function others(): readonly string[] {
  const found = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  return [...new Set(found)].filter((node) => {
    const run = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8', timeout: 10_000 });
    return run.status === 0 && Number.parseInt(run.stdout, 10) >= 20;
  });
}

describe('The built program', () => {
  const here = routed(process.execPath);

  it('routes every line, from the models that are named alone', () => {
    const found = here
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly id: number; readonly route: string });
    assert.deepEqual(
      found.map(({ id }) => id),
      [0, 1, 2, 3],
    );
    const named = routed(process.execPath, [], ['--models', 'phi4:14b']);
    assert.ok(named.includes('"model":"phi4:14b"'));
    assert.ok(!named.includes('llama3.2'));
  });

  it('looks for secrets when it is told to, and then with the same result for what holds none', () => {
    assert.equal(routed(process.execPath, [], ['--scan']), here);
  });

  it('needs nothing that Node 20 lacks', () => {
    const older =
      'data:text/javascript,delete Promise.withResolvers;delete Promise.try;delete Array.fromAsync;delete Set.prototype.union;delete RegExp.escape;delete Object.groupBy;delete Map.groupBy;';
    assert.equal(routed(process.execPath, ['--import', older]), here);
  });

  it('says the same with every Node of this machine from 20 on', () => {
    for (const node of others()) assert.equal(routed(node), here, node);
  });

  it('ends without a word when nobody reads on, as after head', async () => {
    const child = spawn(process.execPath, [program, 'route', '--jsonl'], { stdio: 'pipe' });
    child.stdin.on('error', () => {});
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.end(`${lines}\n`.repeat(10_000));
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual({ code, said }, { code: 0, said: '' });
  });
});
