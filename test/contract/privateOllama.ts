import { execFile, spawn } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { bareTemplate, type Subject, visitedSubject } from './subject.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Processes whose parent is `pid`. */
async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was gone already.
  }
}

/**
 * A real Ollama of the test's own, made from the folder where one is installed: same program, engine and weights, but
 * its own port, list of models and switches, so that crashes, slow loads and deletions reach nobody else.
 */
export async function privateSubject(installed: string): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'maia-ollama-'));
  for (const each of ['bin', 'home', join('lib', 'ollama'), 'models'])
    await mkdir(join(folder, each), { recursive: true });
  await copyFile(join(installed, 'bin', 'ollama'), join(folder, 'bin', 'ollama'));
  const engine = await readFile(join(installed, 'lib', 'ollama', 'llama-server'), 'utf8');
  const ownEngine = join(folder, 'lib', 'ollama', 'llama-server');
  const switches = /[^"\s]*\/(?=(?:slow|fail)-load)/g;
  await writeFile(ownEngine, engine.replace(switches, `${folder}/`));
  await chmod(ownEngine, 0o755);
  await cp(join(installed, 'models', 'manifests'), join(folder, 'models', 'manifests'), { recursive: true });
  await symlink(join(installed, 'models', 'blobs'), join(folder, 'models', 'blobs'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let pid = 0;
  const serve = async () => {
    const child = spawn(join(folder, 'bin', 'ollama'), ['serve'], {
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        HOME: join(folder, 'home'),
        OLLAMA_HOST: `127.0.0.1:${port}`,
        OLLAMA_MODELS: join(folder, 'models'),
        // The weights are shared with the installed one, which may know of more models.
        OLLAMA_NOPRUNE: '1',
      },
    });
    pid = child.pid ?? 0;
    for (let tries = 0; tries < 150; tries += 1) {
      if (
        await fetch(`${url}/api/version`).then(
          (answer) => answer.ok,
          () => false,
        )
      )
        return;
      await sleep(100);
    }
    throw new Error('the private Ollama did not start');
  };
  const endServer = async () => {
    const engines = await childrenOf(pid);
    end(pid);
    for (const each of engines) end(each);
  };
  await serve();
  const visited = await visitedSubject(url);
  const set = async (name: string, text: string | undefined) => {
    if (text === undefined) await rm(join(folder, name), { force: true });
    else await writeFile(join(folder, name), text);
  };
  return {
    ...visited,
    mischief: {
      slowLoads: (slow) => set('slow-load', slow ? '20' : undefined),
      failLoads: (lastWord) => set('fail-load', lastWord),
      endEngines: async () => {
        for (const each of await childrenOf(pid)) end(each);
      },
      endServer,
      restart: serve,
      makeBase: async () => {
        const name = 'maia-base:1b';
        const made = { model: name, from: visited.textModel, template: bareTemplate, stream: false };
        const answer = await fetch(`${url}/api/create`, { method: 'POST', body: JSON.stringify(made) });
        if (!answer.ok) throw new Error(`no base model: ${await answer.text()}`);
        return name;
      },
    },
    close: async () => {
      await endServer();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
