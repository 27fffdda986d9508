import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { findSandbox } from '../../../../src/platform/node/sandbox/findSandbox.ts';
import { Run, sandboxes } from './runs.ts';

const realHome = process.env.HOME;
let home = '';

before(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'maia-sandbox-home-')));
  for (const [name, text] of Object.entries({
    'notes.txt': 'private words',
    '.cargo/credentials.toml': 'token = "private words"',
    '.cargo/config.toml': '[net]\noffline = true',
    '.cargo/bin/tool': '#!/bin/sh\necho a tool',
    '.cargo/registry/index': 'crates',
    '.netrc': 'private words',
  })) {
    await mkdir(join(home, name, '..'), { recursive: true });
    await writeFile(join(home, name), text, { mode: 0o755 });
  }
  process.env.HOME = home;
  process.env.PRIVATE_TOKEN = 'private words';
});
after(async () => {
  process.env.HOME = realHome;
  delete process.env.PRIVATE_TOKEN;
  await rm(home, { recursive: true, force: true });
});

const has = await findSandbox();

test('bubblewrap stands on this machine', {
  skip: has.kind === 'none' && 'no bwrap, or no user namespaces',
}, () => {
  assert.match(has.kind, /layered|plain|seatbelt/);
});

for (const { name, sandbox } of await sandboxes()) {
  const begin = async (t: TestContext, files?: Readonly<Record<string, string>>): Promise<Run> => {
    const run = await Run.in(sandbox, files);
    t.after(() => run.end());
    return run;
  };
  const said = async (run: Run, script: string, options: Parameters<Run['sh']>[1] = {}): Promise<string> => {
    const answer = await run.sh(script, options);
    assert.equal(answer.ran, true, JSON.stringify(answer));
    return answer.ran ? answer.output : '';
  };

  test(`${name}, files lie over the project and nothing is written to it`, async (t) => {
    const run = await begin(t, { 'src/other.js': 'other', 'package.json': '{}' });
    const overlay = [
      { path: join(run.folder, 'src/sum.js'), text: 'changed' },
      { path: join(run.folder, 'src/sum.test.js'), text: 'a test' },
      { path: join(run.folder, 'tests/unit/new.test.js'), text: 'another' },
    ];
    const script =
      'cat src/sum.js src/sum.test.js tests/unit/new.test.js src/other.js package.json; echo x 2>/dev/null >src/made; pwd';
    assert.equal(await said(run, script, { overlay }), `changeda testanotherother{}${run.folder}\n`);
    assert.deepEqual((await readdir(run.folder, { recursive: true })).toSorted(), [
      'package.json',
      'src',
      'src/other.js',
      'src/sum.js',
    ]);
    assert.equal(await readFile(join(run.folder, 'src/sum.js'), 'utf8'), 'sum');
  });

  test(`${name}, no variable of the environment comes along that is not on the list`, async (t) => {
    const run = await begin(t);
    const environment = await said(run, 'env');
    assert.doesNotMatch(environment, /private words/);
    assert.match(environment, /^PATH=/m);
  });

  test(`${name}, a file outside the folder is not laid over, by a link neither`, async (t) => {
    const run = await begin(t);
    await symlink(home, join(run.folder, 'away'));
    for (const path of [
      join(home, 'made.js'),
      join(run.folder, '../made.js'),
      join(run.folder, 'away/made.js'),
    ]) {
      const answer = await run.sh('true', { overlay: [{ path, text: 'x' }] });
      assert.deepEqual(answer, { ran: false, why: 'failed' });
    }
    assert.equal(existsSync(join(home, 'made.js')), false);
  });

  if (sandbox.kind === 'none') {
    test('without a sandbox nothing runs that the developer has not seen', async (t) => {
      const run = await begin(t);
      assert.deepEqual(await run.sh('true', { seen: false }), { ran: false, why: 'noSandbox' });
    });
    continue;
  }

  test(`${name}, of the home folder only the toolchains are there`, async (t) => {
    const run = await begin(t);
    const script =
      'cd; cat notes.txt .netrc .cargo/credentials.toml 2>&1; .cargo/bin/tool; cat .cargo/registry/index';
    const output = await said(run, script);
    assert.doesNotMatch(output, /private words/);
    assert.match(output, /a tool\ncrates/);
    await said(
      run,
      'echo hello > ~/made; cat ~/made; echo spoilt > ~/.cargo/bin/tool; echo x > ~/.cargo/registry/index',
    );
    assert.equal(existsSync(join(home, 'made')), false);
    assert.equal(await readFile(join(home, '.cargo/registry/index'), 'utf8'), 'crates');
  });

  test(`${name}, what is protected reads as empty`, async (t) => {
    const run = await begin(t, {
      '.env': 'private words',
      '.git/config': 'private words',
      'src/secrets/a.json': 'private words',
    });
    await symlink('secrets/a.json', join(run.folder, 'src/linked.json'));
    run.hidden = ['.env', 'src/linked.json'].map((name) => join(run.folder, name));
    const overlay = [{ path: join(run.folder, 'src/a.test.js'), text: '' }];
    const script = 'cat .env .git/config src/linked.json src/secrets/a.json && ls -a';
    for (const laid of [overlay, []]) {
      const output = await said(run, script, { overlay: laid });
      assert.doesNotMatch(output, /private words/);
      assert.match(output, /^\.env$/m);
    }
    assert.equal(await readFile(join(run.folder, '.env'), 'utf8'), 'private words');
  });

  test(`${name}, nothing runs where what is protected can't be told`, async (t) => {
    const run = await begin(t);
    run.hidden = undefined;
    assert.deepEqual(await run.sh('true'), { ran: false, why: 'failed' });
  });

  test(`${name}, there is no network but its own loopback`, async (t) => {
    const server = createServer((socket) => socket.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const run = await begin(t);
    const script = `exec 3<>/dev/tcp/127.0.0.1/${port} && cat <&3; cat /proc/net/dev`;
    const output = await said(run, script, { shell: 'bash' });
    assert.doesNotMatch(output, /reached/);
    assert.match(output, /refused/i);
    assert.deepEqual(
      [...output.matchAll(/^\s*(\w+):\s+\d+/gm)].map((one) => one[1]),
      ['lo'],
    );
  });

  test(`${name}, of other processes and of the system's secrets nothing is seen`, async (t) => {
    const run = await begin(t);
    const output = await said(
      run,
      'ls /proc | grep -c "^[0-9]"; ls /etc/shadow /run /var 2>&1; touch /usr/x /x 2>&1',
    );
    assert.ok(Number(/^\d+/.exec(output)?.[0]) < 10, output);
    assert.equal(output.match(/No such file/g)?.length, 3);
    assert.equal(output.match(/Read-only file system/g)?.length, 2);
  });

  test(`${name}, packages above the folder and links to packages elsewhere resolve`, async (t) => {
    const elsewhere = await realpath(await mkdtemp(join(tmpdir(), 'maia-sandbox-packages-')));
    t.after(() => rm(elsewhere, { recursive: true, force: true }));
    await writeFile(join(elsewhere, 'dep'), 'linked away');
    const run = await begin(t, {
      'node_modules/up/index.js': 'hoisted',
      'package.json': '{"private":true}',
      '.git/HEAD': 'ref',
      'other/secret.txt': 'private words',
      'packages/a/src/b.js': 'b',
    });
    await symlink(elsewhere, join(run.folder, 'packages/a/node_modules'));
    const output = await said(
      run,
      'cat node_modules/dep ../../node_modules/up/index.js ../../package.json; ls ../..',
      {
        inside: 'packages/a',
        overlay: [{ path: join(run.folder, 'packages/a/src/b.test.js'), text: '' }],
      },
    );
    assert.equal(output, 'linked awayhoisted{"private":true}node_modules\npackage.json\npackages\n');
  });
}
