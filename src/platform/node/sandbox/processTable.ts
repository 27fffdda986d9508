import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** With the pid it names a process for good. */
  readonly began: string;
  readonly memoryBytes: number;
}

/** Every living process of this machine; empty where the system does not tell. */
export async function processTable(): Promise<readonly ProcessRow[]> {
  return process.platform === 'linux' ? linuxTable() : psTable(await ps('pid=,ppid=,pgid=,rss=,lstart='));
}

/** Whether a process was started with this text in its environment. */
export async function hasInEnvironment(pid: number, text: string): Promise<boolean> {
  if (process.platform === 'linux')
    return (await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')).includes(text);
  return (await ps('command=', ['-E', '-p', String(pid)])).includes(text);
}

const pageBytes = 4096;

async function linuxTable(): Promise<ProcessRow[]> {
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(
    names.map(async (name): Promise<ProcessRow | undefined> => {
      const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      // Zombies and the dead are gone in all but name.
      if (text === '' || fields[0] === 'Z' || fields[0] === 'X') return undefined;
      return {
        pid: Number(name),
        parent: Number(fields[1]),
        group: Number(fields[2]),
        began: fields[19] ?? '',
        memoryBytes: Number(fields[21]) * pageBytes,
      };
    }),
  );
  return rows.filter((row) => row !== undefined);
}

/** What `ps` answers where there is no `/proc`. */
export function psTable(text: string): ProcessRow[] {
  return [...text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(.+?)\s*$/gm)].map((found) => ({
    pid: Number(found[1]),
    parent: Number(found[2]),
    group: Number(found[3]),
    began: found[5] ?? '',
    memoryBytes: Number(found[4]) * 1024,
  }));
}

function ps(columns: string, more: readonly string[] = ['-ax']): Promise<string> {
  return new Promise((resolve) => {
    execFile('/bin/ps', [...more, '-ww', '-o', columns], { maxBuffer: 32 * 1024 * 1024 }, (_, out) =>
      resolve(out),
    );
  });
}
