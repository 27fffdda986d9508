import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPlaceholder } from '../../../src/privacy/placeholder.ts';
import { scanForSecrets } from '../../../src/privacy/secretScan.ts';

const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA7bq8WfKx3vZ9QpLmTnRs\n'.repeat(24)}-----END RSA PRIVATE KEY-----`;

const distinct = 'q8Zr4Lk1VbX7nHc2TfWy5MdJ9sGp3EuAoQ6iR0xB';

describe('the secret scan finds', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['github', 'ghp_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYz1Z2'],
    ['aws', 'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYABCDEFGHIJ'],
    ['privatekey', key],
    ['privatekey', `key: ${JSON.stringify(key)}`],
    ['anthropic', `sk-ant-api03-${'aB3dE5fG7hJ9'.repeat(7)}aB3dE5fG7-hJ9kL1mAA`],
    ['database-connection-string', 'mongodb://app:8fKq2LzP@db.internal.corp:27017/x'],
    ['basicauth', 'https://deploy:8fKq2LzPxx@git.corp.net/repo.git'],
    ['npm', '//registry.corp.net/:_authToken=3f9a7c1e-55d2-4b8e-9b0a-1c2d3e4f5a6b'],
    ['slack', 'xoxb-123456789012-abcdefGHIJKL'],
    // RFC 5915 on P-256, PKCS#8 of Ed25519, and an encrypted key: none begins with the bytes of RSA.
    [
      'privatekey',
      `-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEI${distinct}\n${distinct}\n-----END EC PRIVATE KEY-----`,
    ],
    [
      'privatekey',
      `-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI${distinct}\n-----END PRIVATE KEY-----`,
    ],
    [
      'privatekey',
      `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B\n\n${distinct}${distinct}\n`,
    ],
    ['privatekey', `const key = "-----BEGIN PRIVATE KEY-----\\n${distinct}${distinct}\\n" + rest;`],
    ['privatekey', JSON.stringify({ private_key_id: 'a', private_key: key })],
  ];
  for (const [kind, text] of cases)
    test(`${kind} in ${text.slice(0, 30).replaceAll('\n', ' ')}`, async () =>
      assert.ok((await scanForSecrets(['harmless', `${text}`])).includes(kind)));
});

describe('the secret scan lets placeholders be', () => {
  for (const text of [
    'const password = "example"',
    'password: hunter2',
    'mongodb://root:example@localhost:27017/x',
    'mongodb://root:example@mongo:27017/x',
    'https://user:password@example.com/',
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'sk_live_xxxxxxxxxxxxxxxxxxxxxxxx',
    'xoxb-your-token-here',
    '_authToken=$NPM_TOKEN_OF_MY_CI',
    'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    '-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----',
    `-----BEGIN PRIVATE KEY-----\n${'x'.repeat(64)}\n-----END PRIVATE KEY-----`,
    'process.env.API_KEY ?? config.secretAccessKey',
  ])
    test(text, async () => assert.deepEqual(await scanForSecrets([text]), []));

  test('but not a real token that happens to hold such a word', () => {
    assert.equal(isPlaceholder('ghp_exampleE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'), false);
    assert.equal(isPlaceholder('mongodb://root:root@prod.corp.net/x'), false);
    assert.equal(isPlaceholder('mongodb://root:8fKq2LzP@localhost/x'), false);
    assert.equal(isPlaceholder('mongodb://root:root@localhost.evil.com/x'), false);
  });
});
