import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { findSandbox } from '../../../../src/platform/node/sandbox/findSandbox.ts';

const run = promisify(execFile);
const program = new URL('../../../../src/platform/node/sandbox/findSandbox.ts', import.meta.url).href;
const here = await findSandbox();
const skip = here.kind === 'none' || here.kind === 'seatbelt' ? 'there is no bubblewrap here' : false;

/** What a process finds that has only these programs. */
async function found(t: TestContext, programs: Readonly<Record<string, string>>): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'maia-programs-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'bin'));
  for (const name of ['sh', 'true', 'mount', 'mkdir'])
    await symlink(`/usr/bin/${name}`, join(folder, 'bin', name));
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, 'bin', name), text);
    await chmod(join(folder, 'bin', name), 0o755);
  }
  const script = `const { findSandbox } = await import(${JSON.stringify(program)}); console.log(JSON.stringify(await findSandbox()));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, PATH: join(folder, 'bin') },
  });
  return JSON.parse(stdout);
}

const real = (name: string) => `#!/bin/sh\nexec /usr/bin/${name} "$@"\n`;

test('where bubblewrap is not installed there is no sandbox', async (t) => {
  assert.deepEqual(await found(t, {}), { kind: 'none' });
});

test('where bubblewrap is forbidden user namespaces there is no sandbox', async (t) => {
  const forbidden = '#!/bin/sh\necho "bwrap: No permissions to create new namespace" >&2\nexit 1\n';
  assert.deepEqual(await found(t, { bwrap: forbidden, unshare: real('unshare') }), { kind: 'none' });
});

test('where nothing else may make namespaces the sandbox does without layers', { skip }, async (t) => {
  const sandbox = await found(t, { bwrap: real('bwrap'), unshare: '#!/bin/sh\nexit 1\n' });
  assert.deepEqual(sandbox, { program: 'bwrap', kind: 'plain', older: false });
});

test('an older bubblewrap is asked for what it has', { skip }, async (t) => {
  const old =
    '#!/bin/sh\nfor a in "$@"; do case $a in --disable-userns|--size) exit 1;; --) break;; esac; done\nexec /usr/bin/bwrap "$@"\n';
  const sandbox = (await found(t, { bwrap: old, unshare: real('unshare') })) as { older: boolean };
  assert.equal(sandbox.older, true);
});
