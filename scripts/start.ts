import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { findCode, openBrowser, runCode } from './start/desktop.ts';
import { findOutside } from './start/outside.ts';
import { workbenchFolder } from './workbench/folder.ts';
import { startServer } from './workbench/server.ts';
import { addressOf } from './workbench/workbench.ts';

/**
 * Opens VS Code with Maia in it and a small workspace to try it on.
 * `--fresh` starts as a new user, `--browser` takes the workbench even where there is a desktop `code`,
 * `--port` keeps its address.
 */
const { values } = parseArgs({
  options: { fresh: { type: 'boolean' }, browser: { type: 'boolean' }, port: { type: 'string' } },
});
const root = join(import.meta.dirname, '..');
const say = (line: string) => console.log(line);

await promisify(execFile)(process.execPath, ['esbuild.mjs'], { cwd: root });
const temporary = await mkdtemp(join(tmpdir(), 'maia-start-'));
// Children end with this process, however it ends; so does what it wrote.
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
const workspace = join(temporary, 'orders');
await cp(join(root, 'test', 'projects', 'sample'), workspace, { recursive: true });
const outside = await findOutside(process.env);
say(outside.said);

const code = values.browser || values.fresh ? undefined : findCode();
if (code) {
  say('Opening VS Code; close its window to end.');
  await runCode(code, root, workspace, outside.env);
} else {
  const home = values.fresh ? join(temporary, 'home') : join(workbenchFolder(), 'start');
  await mkdir(home, { recursive: true });
  const settings = {
    'workbench.startupEditor': 'readme',
    'telemetry.telemetryLevel': 'off',
    'extensions.ignoreRecommendations': true,
  };
  const env = { ...outside.env, ...(values.fresh ? { MAIA_HOME: join(home, 'maia') } : {}) };
  const server = await startServer({
    home,
    settings,
    env,
    port: values.port ? Number(values.port) : undefined,
    say,
  });
  const url = addressOf(server.authority, { workspace, extension: root });
  say(`VS Code with Maia in it: ${url}`);
  say(
    openBrowser(url)
      ? 'It opens in your browser. Ctrl-C ends it.'
      : 'Open that address in a browser. Ctrl-C ends it.',
  );
  await server.ended;
  say(`VS Code's server has ended.\n${server.output().slice(-2_000)}`);
}
process.exit(0);
