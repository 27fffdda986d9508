import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { cliScript } from '../../../src/surfaces/cliScript.ts';

test('the script runs a program whose path has blanks and quotes, and hands every argument on', {
  skip: process.platform === 'win32' ? 'a POSIX shell' : false,
}, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'maia-cli-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const home = join(folder, "it's a $HOME `dir`");
  await mkdir(home);
  const cli = join(home, 'cli.mjs');
  await writeFile(
    cli,
    'console.log(JSON.stringify([process.env.ELECTRON_RUN_AS_NODE, ...process.argv.slice(2)]))',
  );
  const script = cliScript({ executable: process.execPath, cli, platform: 'linux' });
  const file = join(folder, script.name);
  await writeFile(file, script.text);
  await chmod(file, 0o755);
  const { stdout } = await promisify(execFile)(file, ['a b', '"c"', "d'e"]);
  assert.deepEqual(JSON.parse(stdout), ['1', 'a b', '"c"', "d'e"]);
});

test('on Windows a percent sign in the path stays one', () => {
  const { name, text } = cliScript({
    executable: 'C:\\100%\\code.exe',
    cli: 'C:\\m\\cli.js',
    platform: 'win32',
  });
  assert.equal(name, 'maia.cmd');
  assert.match(text, /"C:\\100%%\\code\.exe" "C:\\m\\cli\.js" %\*/);
});

test('a path that would end its quotes is refused', () => {
  assert.throws(() => cliScript({ executable: '/a"b', cli: '/c', platform: 'linux' }));
});
