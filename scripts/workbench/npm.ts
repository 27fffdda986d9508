import { spawn } from 'node:child_process';

/** What `npm run` tells its children about this project: another folder's `npm install` must not see it. */
const ofThisProject =
  /^npm_(?:package|lifecycle|config_(?:local_prefix|prefix|global_prefix|omit|allow_scripts))/;

/** Runs npm in another folder; what it prints goes to `log`. Throws with npm's last lines when it fails. */
export async function npm(args: readonly string[], cwd: string, log: (line: string) => void): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisProject.test(name)));
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const child = spawn(command, [...first, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && first.length === 0,
  });
  let said = '';
  const hear = (chunk: string) => {
    said = (said + chunk).slice(-4_000);
    for (const line of chunk.split('\n')) if (line.trim()) log(line);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed (${code}) in ${cwd}:\n${said}`);
}
