import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { statusFd } from './bubblewrap.ts';
import type { Taken, Tree } from './supervise.ts';

/** The longest wait for bubblewrap to say which process is the namespace's first, ms. */
const longestStart = 5000;
/** The longest wait for bubblewrap after the end of what it began, ms. */
const longestReaping = 2000;

/**
 * The processes of a bubblewrap sandbox. They share a PID namespace, whose end is the end of its first process: the
 * kernel then ends all the others, lets none begin, and is done before the first one is a zombie. The sandbox's own
 * `/proc` lists exactly them. (Not a control group: those need root or a user session of systemd's.)
 */
export class NamespaceTree implements Tree {
  readonly everyMs = 100;
  readonly #child: ChildProcess;
  readonly #first: Promise<{ readonly pid: number; readonly began: string } | undefined>;
  readonly #told: Promise<void>;
  #status = '';
  #inside = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    const status = child.stdio[statusFd] as Readable;
    this.#told = new Promise((resolve) => {
      status.once('close', resolve);
    });
    this.#first = this.#read(status);
  }

  /** Whether the command's own end was told: the sandbox had come to stand. To be asked after its end. */
  async stood(): Promise<boolean> {
    await Promise.race([this.#told, sleep(longestReaping)]);
    return this.#status.includes('"exit-code"');
  }

  async #read(status: Readable): Promise<{ pid: number; began: string } | undefined> {
    status.setEncoding('utf8');
    const pid = await new Promise<number | undefined>((resolve) => {
      const late = setTimeout(() => resolve(undefined), longestStart);
      const end = () => {
        clearTimeout(late);
        resolve(undefined);
      };
      status.on('data', (text: string) => {
        if (this.#status.length < 4096) this.#status += text;
        const found = /"child-pid":\s*(\d+)/.exec(this.#status)?.[1];
        if (found === undefined) return;
        clearTimeout(late);
        resolve(Number(found));
      });
      status.once('close', end);
      status.once('error', end);
    });
    if (pid === undefined) return undefined;
    const began = await statOf(pid);
    return began && { pid, began: began.began };
  }

  async taken(most: number): Promise<Taken> {
    const first = await this.#first;
    if (!first) return { processes: 0, memoryBytes: 0 };
    const proc = `/proc/${first.pid}/root/proc`;
    // Until the sandbox stands its root is the machine's own.
    this.#inside ||= await isOwn(first.pid, proc);
    if (!this.#inside) return { processes: 0, memoryBytes: 0 };
    const names = await readdir(proc).catch(() => []);
    // The first one is bubblewrap's own.
    const pids = names.filter((name) => /^\d+$/.test(name) && name !== '1');
    if (pids.length > most) return { processes: pids.length, memoryBytes: 0 };
    const sizes = await Promise.all(pids.map((pid) => memoryOf(`${proc}/${pid}/status`)));
    return { processes: pids.length, memoryBytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  async end(): Promise<void> {
    const first = await this.#first;
    const child = this.#child;
    const gone = exitOf(child);
    if (first && (await isAlive(first))) {
      kill(first.pid);
      // Bubblewrap itself then ends, and takes its zombie along.
      await Promise.race([gone, sleep(longestReaping)]);
    }
    child.kill('SIGKILL');
    await gone;
    while (first && (await isAlive(first))) await sleep(5);
  }
}

async function exitOf(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await once(child, 'exit');
}

/** Whether the first process of this `/proc` is the namespace's. */
async function isOwn(pid: number, proc: string): Promise<boolean> {
  const [own, there] = await Promise.all(
    [`/proc/${pid}/ns/pid`, `${proc}/1/ns/pid`].map((path) => readlink(path).catch(() => undefined)),
  );
  return own !== undefined && own === there;
}

/** Bytes that a process has for itself, from its `status`; memory that it shares with others counts for each. */
async function memoryOf(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const kilobytes = [...text.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+)/gm)].map((one) => Number(one[1]));
  return kilobytes.reduce((sum, size) => sum + size, 0) * 1024;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

async function statOf(pid: number): Promise<{ state: string; began: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', began: fields[19] ?? '' };
}

/** Another process may have taken its number meanwhile. */
async function isAlive({ pid, began }: { readonly pid: number; readonly began: string }): Promise<boolean> {
  const now = await statOf(pid);
  return now !== undefined && now.began === began && now.state !== 'Z' && now.state !== 'X';
}
