import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { packageVsix } from './package/packageVsix.ts';
import { findCode, openBrowser, runCode } from './start/desktop.ts';
import { lastingPort } from './start/lastingPort.ts';
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

const temporary = await mkdtemp(join(tmpdir(), 'maia-start-'));
// Children end with this process, however it ends; so does what it wrote.
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
const workspace = join(temporary, 'orders');
await cp(join(root, 'test', 'projects', 'sample'), workspace, { recursive: true });
const outside = await findOutside(process.env);
say(outside.said);

const code = values.browser || values.fresh ? undefined : findCode();
if (code) {
  await promisify(execFile)(process.execPath, ['esbuild.mjs'], { cwd: root });
  say('Opening VS Code; close its window to end.');
  await runCode(code, root, workspace, outside.env);
} else {
  const home = values.fresh ? join(temporary, 'home') : join(workbenchFolder(), 'start');
  await mkdir(home, { recursive: true });
  const port = values.port ? Number(values.port) : await lastingPort(home);
  const settings = {
    'workbench.startupEditor': 'readme',
    'telemetry.telemetryLevel': 'off',
    'extensions.ignoreRecommendations': true,
  };
  const env = { ...outside.env, ...(values.fresh ? { MAIA_HOME: join(home, 'maia') } : {}) };
  say('Packaging Maia and installing it into the workbench …');
  // Installed as users have it: only a workbench that takes extensions from the address is without notifications.
  const { file: vsix } = await packageVsix(temporary);
  const server = await startServer({
    ...{ home, settings, env, port, vsix, say },
    keepSettings: true,
    driver: false,
  });
  const url = addressOf(server.authority, { workspace });
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
