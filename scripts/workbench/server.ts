import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { end, start } from '../processes.ts';
import { installWorkbench } from './install.ts';

export interface ServerOptions {
  /** An empty folder of this run's own: user data, extensions, server data. */
  readonly home: string;
  /** The user's settings.json; one that is there already stays as it is where `keepSettings` is set. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly keepSettings?: boolean;
  /**
   * Lets the page's address choose extension and tests (the default). VS Code then shows no notifications: a person who
   * is to see them sets this to false and brings a `vsix`.
   */
  readonly driver?: boolean;
  /** `false` (the default) leaves the question of trust open: every folder is trusted without being asked. */
  readonly askTrust?: boolean;
  /** A packaged extension, installed before the start. */
  readonly vsix?: string;
  /** Where the installed extensions are, when they are to outlive this run. */
  readonly extensionsDir?: string;
  /** Reaches the extension host, over this process's own environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A port that stays the same; by default any free one. */
  readonly port?: number;
  readonly say?: (line: string) => void;
}

export interface Server {
  /** Host and port: also the authority of `vscode-remote:` addresses. */
  readonly authority: string;
  /** Everything that the server printed so far. */
  output(): string;
  /** Resolves when the server ends, by itself or by `close`. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

const limit = 60_000;
const bound = /Server bound to [^\s:]+:(\d+)/;

/** Starts the server of the workbench and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const folder = await installWorkbench(options.say);
  const main = join(folder, 'out', 'server-main.js');
  const user = join(options.home, 'user');
  const data = join(options.home, 'server');
  const settings = `${JSON.stringify(options.settings ?? {}, undefined, 2)}\n`;
  // The user's settings, and the same for this machine: VS Code takes those of scope `machine` from there.
  for (const place of [join(user, 'User'), join(user, 'Machine')]) {
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'settings.json'), settings, {
      flag: options.keepSettings ? 'wx' : 'w',
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  const folders = ['--user-data-dir', user, '--server-data-dir', data];
  folders.push('--extensions-dir', options.extensionsDir ?? join(options.home, 'extensions'));
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: undefined, ...options.env };
  if (options.vsix) await installVsix(main, folders, options.vsix, env);
  const args = [
    ...[main, ...folders, '--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--without-connection-token', '--accept-server-license-terms', '--disable-telemetry'],
    ...(options.driver === false ? [] : ['--enable-smoke-test-driver']),
    ...(options.askTrust ? [] : ['--disable-workspace-trust']),
  ];
  const child = start(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`The workbench's server ${why}:\n${output.slice(-4_000)}`));
    const timer = setTimeout(() => fail(`did not listen within ${limit / 1_000} s`), limit);
    const hear = (chunk: string) => {
      output = (output + chunk).slice(-200_000);
      const found = bound.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout?.setEncoding('utf8').on('data', hear);
    child.stderr?.setEncoding('utf8').on('data', hear);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code) => fail(`ended (${code})`));
    child.once('exit', () => clearTimeout(timer));
    child.stdout?.once('close', () => clearTimeout(timer));
  }).catch(async (error: unknown) => {
    await end(child);
    throw error;
  });
  return { authority: `127.0.0.1:${port}`, output: () => output, ended, close: () => end(child) };
}

async function installVsix(main: string, folders: string[], vsix: string, env: NodeJS.ProcessEnv) {
  // By force: the version stays the same from one build to the next.
  const args = [main, ...folders, '--install-extension', vsix, '--force', '--accept-server-license-terms'];
  const child = start(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  await end(child);
  if (code !== 0 || !/successfully installed/i.test(output))
    throw new Error(`${vsix} could not be installed (${code}):\n${output}`);
}
