import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const production = process.argv.includes('--production');

// CommonJS packages inside an ES module bundle still ask for `require`.
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['vscode', 'node:sqlite'],
  // As Node builds its own undici: without the second, experimental parser (165 KB).
  define: { esbuildDetection: 'true' },
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  logLevel: 'warning',
};

/** Sources that the extension imports when they are first needed. */
const later = {};
const leaveForLater = {
  name: 'leave for later',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = basename(path, '.ts');
      later[name] = join(resolveDir, path);
      return { path: `./${name}.js`, external: true };
    });
  },
};

/** undici carries its parser twice; the one without SIMD runs on every processor, and headers are short (72 KB). */
const oneParser = {
  name: 'one parser',
  setup({ onResolve }) {
    onResolve({ filter: /\/llhttp_simd-wasm\.js$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace('llhttp_simd', 'llhttp')),
    }));
  },
};

/**
 * Where `fetch` has long been there, a package that puts it there has nothing to do. And the SDK's tools for agents,
 * which run commands and write files, are none of Maia's.
 */
const withoutUnused = {
  name: 'without unused',
  setup({ onResolve, onLoad }) {
    const unused = /^whatwg-fetch$|\/tools\/agent-toolset\/node\.mjs$/;
    onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'nothing' }));
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: '' }));
  },
};

/**
 * Of Claude's API Maia asks messages and models; the SDK's beta and administration resources (sessions, vaults,
 * organizations: 190 KB) stand there by name only.
 */
const messagesOnly = {
  name: 'messages only',
  setup({ onLoad }) {
    onLoad(
      { filter: /sdk[\\/]resources[\\/](beta[\\/]beta|organization[\\/]organization)\.mjs$/ },
      ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const declared = [...text.matchAll(/^export (?:class|const|var) (\w+)/gm)].map(([, name]) => name);
        const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names]) => names.split(','));
        const all = [...declared, ...listed.map((name) => name.replace(/^.*\sas\s/, '').trim())];
        const parent = (name) => (name.endsWith('Error') ? ' extends Error' : '');
        const names = [...new Set(all)].filter((name) => name !== '');
        return { contents: names.map((name) => `export class ${name}${parent(name)} {}`).join('\n') };
      },
    );
  },
};

// One CommonJS file: VS Code loads ES modules through hooks in a thread of their own, file by file, which takes several
// times as long.
const extension = await build({
  ...shared,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  plugins: [leaveForLater],
});

const program = await build({
  ...shared,
  entryPoints: {
    ...later,
    cli: 'src/cli.ts',
    ledgerWorker: 'src/ledger/worker.ts',
    codeWorker: 'src/code/worker.ts',
    privacyWorker: 'src/privacy/worker.ts',
    typesWorker: 'src/platform/node/types/worker.ts',
  },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  plugins: [withoutUnused, oneParser, messagesOnly],
  banner,
});

const panel = await build({
  entryPoints: { panel: 'webview/panel.ts' },
  outdir: 'dist/webview',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'chrome130',
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  logLevel: 'warning',
});
const outputs = { ...extension.metafile.outputs, ...program.metafile.outputs, ...panel.metafile.outputs };
mkdirSync('.cache', { recursive: true });
writeFileSync('.cache/bundle.json', JSON.stringify({ inputs: {}, outputs }));

const grammars = [
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'c-sharp',
  'rust',
  'ruby',
  'php',
  'cpp',
];
for (const name of grammars)
  cpSync(
    `node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`,
    `dist/grammars/tree-sitter-${name}.wasm`,
  );
cpSync('node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/grammars/web-tree-sitter.wasm');
