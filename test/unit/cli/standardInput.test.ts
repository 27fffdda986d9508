import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';

const program = `
  import { pipedInput } from ${JSON.stringify(new URL('../../../src/cli/standardInput.ts', import.meta.url).href)};
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  const reading = pipedInput(8, cancel.signal);
  process.stdout.write('reading ');
  reading.then((text) => process.stdout.write(JSON.stringify(text)), (error) => process.stdout.write(error.name));
`;

function reader() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  const begun = new Promise<void>((resolve) =>
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
      resolve();
    }),
  );
  const said = new Promise<string>((resolve) => child.on('close', () => resolve(out)));
  return { child, begun, said };
}

test('what is piped in is read to its end', async () => {
  const { child, said } = reader();
  child.stdin.end('a diff');
  assert.equal(await said, 'reading "a diff"');
});

test('too much, or no text at all, is refused', async () => {
  for (const piped of ['nine bytes', 'a\0b']) {
    const { child, said } = reader();
    child.stdin.end(piped);
    assert.equal(await said, 'reading Error');
  }
});

test('a pipe that never ends can be left by Ctrl-C', { skip: process.platform === 'win32' }, async () => {
  const { child, begun, said } = reader();
  await begun;
  child.kill('SIGINT');
  assert.equal(await said, 'reading AbortError');
});
