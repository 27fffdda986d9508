import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';
import { bundleBudget } from '../../scripts/package/bundleBudget.ts';
import { packageVsix } from '../../scripts/package/packageVsix.ts';

const root = join(import.meta.dirname, '..', '..');

describe('The VSIX', () => {
  let folder = '';
  let bytes = 0;
  let files: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maia-vsix-'));
    ({ bytes } = await packageVsix(folder));
    files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is made without a warning, and is small enough to be installed in passing', () => {
    assert.ok(bytes > 10_000 && bytes < 8_000_000, `${bytes} bytes`);
  });

  it('holds only what a user needs', () => {
    const allowed = [
      /^package(\.nls(\.[\w-]+)?)?\.json$/,
      /^(README|CHANGELOG)\.md$/,
      /^LICENSE$/,
      /^l10n\/[\w.-]+\.json$/,
      /^media\/[\w/.-]+\.(svg|png)$/,
      /^dist\/[\w.-]+\.c?js$/,
      /^dist\/webview\/[\w.-]+\.(js|css)$/,
      /^dist\/grammars\/(web-tree-sitter|tree-sitter-(typescript|tsx|javascript|python|go|java|c-sharp|rust|ruby|php|cpp))\.wasm$/,
    ];
    assert.deepEqual(
      files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
      [],
    );
  });

  it('holds its programs and the grammar of each language that Maia reads', () => {
    const needed = [
      'dist/extension.cjs',
      'dist/cli.js',
      'dist/grammars/web-tree-sitter.wasm',
      'media/icon.png',
      'package.nls.json',
    ];
    const grammars = ['typescript', 'tsx', 'javascript', 'python', 'go', 'java', 'c-sharp'];
    grammars.push('rust', 'ruby', 'php', 'cpp');
    needed.push(...grammars.map((name) => `dist/grammars/tree-sitter-${name}.wasm`));
    assert.deepEqual(
      needed.filter((file) => !files.includes(file)),
      [],
    );
  });

  it('has pictures in its README that are reached by https and are not SVG', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)\s]+)|<img[^>]+src="([^"]+)"/g)];
    const bad = pictures.map(([, a, b]) => a ?? b ?? '').filter((url) => !/^https:.*(?<!\.svg)$/.test(url));
    assert.deepEqual(bad, []);
  });

  it('names no machine, no test and no practice server in its programs', async () => {
    for (const file of files.filter((name) => /\.c?js$/.test(name))) {
      const text = await readFile(join(root, file), 'utf8');
      assert.ok(!text.includes(root), `${file} names the folder that it was built in`);
      assert.ok(!text.includes('sourceMappingURL'), `${file} names a source map`);
      assert.ok(!/test\/(servers|host|unit)\//.test(text), `${file} holds something of the tests`);
    }
  });

  it('loads little at activation: no SDK, no SQLite, no tree-sitter', async () => {
    const { atActivation, inAll, weights, inputs, externals } = await bundleBudget();
    console.log(`${atActivation} bytes at activation, ${inAll} in all, ${weights} of weights`);
    const heavy =
      /node_modules\/(@anthropic-ai|ollama|openai|@modelcontextprotocol|@opentelemetry|@secretlint|web-tree-sitter|undici)\//;
    assert.deepEqual(
      inputs.filter((input) => heavy.test(input)),
      [],
    );
    assert.deepEqual(
      externals.filter((name) => name === 'node:sqlite'),
      [],
    );
    assert.ok(atActivation <= 200_000, `${atActivation} bytes at activation`);
    assert.ok(inAll <= 2_000_000, `${inAll} bytes in all`);
    assert.ok(!inputs.includes('src/router/taskWeights.json'), 'the weights are loaded at activation');
    assert.ok(weights > 0 && weights <= 1_000_000, `${weights} bytes of weights`);
  });
});
