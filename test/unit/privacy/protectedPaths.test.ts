import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { pathPatterns } from '../../../src/privacy/protectedPaths.ts';
import { settings } from '../../../src/vocabulary/settings.ts';

const shipped = pathPatterns(settings['maia.privacy.protectedPaths'].default);

describe('protected paths', () => {
  for (const path of [
    '/home/a/p/.env',
    '/home/a/p/.ENV',
    '/home/a/p/.env.production',
    'C:\\Users\\a\\p\\.env',
    'C:\\Users\\a\\.SSH\\config',
    '\\\\server\\share\\secrets\\a.txt',
    '/p/.env::$DATA',
    '/p/.env. ',
    '/p/sub/../.env',
    '/p/./.env',
    'file:///home/a/p/.env',
    'file:///home/a/p/%2Eenv',
    'file:///home/a/p/.env?x#y',
    'vscode-remote://ssh-remote+host/home/a/.aws/credentials',
    'git:/home/a/p/.env?%7B%22ref%22%3A%22HEAD%22%7D',
    'untitled:.env',
    '/home/a/.ssh/known_hosts',
    '/p/server.KEY',
    '/p/id_rsa.pub',
    '.env',
    '/p/secrets/deep/er/a.ts',
    '/p/.envrc',
    '/p/.env-prod',
    '/p/deploy/prod.env',
    '/p/android/release.jks',
    '/p/AuthKey_1234.p8',
    '/p/infra/terraform.tfstate',
    '/p/infra/terraform.tfstate.backup',
    '/p/infra/prod.tfvars',
    '/p/gcp/my-service-account.json',
    '/p/gcp/serviceAccountKey.json',
    '/home/a/.kube/config',
    '/home/a/.git-credentials',
    '/p/config/secrets.yaml',
    // As file systems that know no letter case compare names, and HFS+ its invisible characters.
    '/p/\u017Fecret\u017F/a.ts',
    '/p/.e\u200Cnv',
  ])
    test(`hold for ${path}`, () => assert.notEqual(shipped.match(path), undefined));

  for (const path of [
    '/p/src/env.ts',
    '/p/environment',
    '/p/keyboard.ts',
    '/p/secret.ts',
    '/p/docs/envoy/x',
    '/p/src/service.ts',
    '/p/src/credentials.ts',
    '/p/infra/main.tf',
    '/p/keys.ts',
  ])
    test(`let ${path} be`, () => assert.equal(shipped.match(path), undefined));

  test('compare names that Unicode composes in two ways', () => {
    const patterns = pathPatterns(['**/Caf\u00E9/**']);
    assert.ok(patterns.match('/p/Cafe\u0301/a.txt'));
    assert.ok(pathPatterns(['**/Cafe\u0301/**']).match('/p/CAF\u00C9/a.txt'));
  });

  test('take a bare name for a file or folder anywhere', () => {
    const patterns = pathPatterns(['private', 'conf/*.json', './local.ts', 'C:/keys']);
    for (const path of ['/a/private', '/a/private/b/c', '/x/y/conf/a.json', '/q/local.ts', 'c:\\KEYS\\k'])
      assert.ok(patterns.match(path), path);
    assert.equal(patterns.match('/a/privateer'), undefined);
  });

  test('know the home folder and workspace folders by the names that people write', () => {
    const patterns = pathPatterns(
      ['~/bank/**', '$HOME/tax', ['$', '{workspaceFolder}/conf/a.json'].join('')],
      '/home/Ann (Work)',
    );
    for (const path of ['/home/Ann (Work)/bank/a.ts', '/home/ann (work)/tax/2026', '/p/q/conf/a.json'])
      assert.ok(patterns.match(path), path);
    assert.equal(patterns.match('/home/bob/bank/a.ts'), undefined);
    assert.ok(pathPatterns(['~/bank'], 'C:\\Users\\ann').match('c:\\users\\ANN\\bank\\a.ts'));
  });

  test('report what means nothing and keep the rest', () => {
    const patterns = pathPatterns(['', '   ', '!**/*', 7, '[', '**/held']);
    assert.equal(patterns.bad.length, 4);
    assert.equal(patterns.match('/a/held'), '**/held');
  });

  test('take a path that is far too long for protected', () => {
    assert.ok(shipped.match(`/${'a'.repeat(5000)}`));
  });

  test('hold in any letter case, Unicode form, slashes and detours', () => {
    const names = ['.env.local', 'secrets/a.json', 'deploy/id_rsa', 'caf\u00E9/.env', 'x/terraform.tfstate'];
    const how = fc.record({
      name: fc.constantFrom(...names),
      upper: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
      form: fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'),
      slash: fc.constantFrom('/', '\\'),
      root: fc.constantFrom('/home/ann', 'C:\\Users\\ann', '\\\\server\\share', 'file:///home/ann', ''),
      detour: fc.constantFrom('', './', 'src/../', '../ann/'),
    });
    fc.assert(
      fc.property(how, ({ name, upper, form, slash, root, detour }) => {
        const cased = [...name].map((one, at) => (upper[at] ? one.toUpperCase() : one)).join('');
        const path = `${root}/${detour}${cased}`.normalize(form).replaceAll('/', slash);
        // With backslashes a file: URI is none.
        assert.notEqual(
          shipped.match(root.startsWith('file:') ? path.replaceAll('\\', '/') : path),
          undefined,
          path,
        );
      }),
      { numRuns: 400 },
    );
  });

  test('never throw, and never let go of a protected name below any folder', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12, unit: 'binary' }), { maxLength: 5 }), (folders) => {
        const path = `/${folders.map((name) => name.replace(/[/\\]/g, '_')).join('/')}/.env`;
        assert.notEqual(shipped.match(path), undefined, path);
      }),
    );
  });
});
