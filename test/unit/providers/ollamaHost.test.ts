import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hostOf, isLoopback } from '../../../src/providers/hostName.ts';
import { resolveOllamaHost } from '../../../src/providers/ollamaHost.ts';

test('The setting comes before the environment, and the environment before the default', () => {
  assert.equal(resolveOllamaHost('one', 'two'), 'http://one:11434');
  assert.equal(resolveOllamaHost('  ', 'two'), 'http://two:11434');
  assert.equal(resolveOllamaHost(undefined, undefined), 'http://127.0.0.1:11434');
});

const forms: readonly (readonly [string, string])[] = [
  ['myhost', 'http://myhost:11434'],
  ['myhost:1234', 'http://myhost:1234'],
  ['myhost:80', 'http://myhost:80'],
  [':8080', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['http://0.0.0.0:5', 'http://127.0.0.1:5'],
  ['[::]:5', 'http://[::1]:5'],
  ['::', 'http://[::1]:11434'],
  ['::1', 'http://[::1]:11434'],
  ['[::1]', 'http://[::1]:11434'],
  ['[::1]:5', 'http://[::1]:5'],
  ['fe80::1:2', 'http://[fe80::1:2]:11434'],
  ['http://myhost', 'http://myhost:80'],
  ['https://myhost', 'https://myhost:443'],
  ['https://myhost/ollama/', 'https://myhost:443/ollama'],
  ['http://[::1]:5/a', 'http://[::1]:5/a'],
  ['"http://quoted:1"', 'http://quoted:1'],
  ['http://user:secret@myhost:1', 'http://myhost:1'],
];
for (const [written, meant] of forms)
  test(`The host ${written} means ${meant}`, () => {
    assert.equal(resolveOllamaHost(written, undefined), meant);
  });

test('What is no address, or of another scheme, is refused', () => {
  for (const wrong of ['ftp://myhost', 'http://', 'my host', 'http://a:99999', 'file:///etc/passwd'])
    assert.throws(() => resolveOllamaHost(wrong, undefined), TypeError, wrong);
});

/** Names, ports, brackets, users and paths in every order, right ones among them. */
const addresses = fc.stringMatching(/^(https?:\/\/)?[a-z0-9.:@[\]-]{1,20}(\/[a-z'"?#@:]{0,9})?$/);

test('A resolved address is a URL that resolves to itself, and anything else is a TypeError', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), addresses, fc.ipV4(), fc.ipV6()), (written) => {
      let resolved: string;
      try {
        resolved = resolveOllamaHost(written, undefined);
      } catch (error) {
        assert.ok(error instanceof TypeError);
        return;
      }
      assert.equal(resolveOllamaHost(resolved, undefined), resolved);
      assert.match(hostOf(resolved), /:\d+$/);
    }),
  );
});

test('Only this machine is loopback, whatever a name looks like', () => {
  for (const here of [
    '127.0.0.1',
    '127.9.8.7',
    'localhost',
    'LOCALHOST',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
  ])
    assert.equal(isLoopback(`http://${here}:1`), true, here);
  for (const there of [
    '127.0.0.1.example.com',
    'localhost.example.com',
    '10.0.0.1',
    '[::2]',
    'notlocalhost',
    '0.0.0.1',
  ])
    assert.equal(isLoopback(`http://${there}:1`), false, there);
});
