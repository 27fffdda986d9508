import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runHost } from './test/host.ts';
import { runNodeTests } from './test/nodeTests.ts';
import { suites } from './test/suites.ts';
import { indent, type Tally } from './test/tally.ts';
import { runTool } from './test/tool.ts';

const root = join(import.meta.dirname, '..');

interface Part {
  readonly name: string;
  readonly run: () => Promise<Tally>;
}

/** In this order; a folder of `test/` that is not named here comes after them. */
const known = ['unit', 'faults', 'servers', 'contract', 'engine', 'cli', 'package', 'panel'];
/** `npm start`, which builds for development: everything before it is tested on the release build. */
const last = 'workbench';
/** What is run in another way, or is no test. */
const apart = ['host', 'projects', 'bench', 'soak'];

function folders(): string[] {
  const found = globSync('test/*/**/*.test.ts', { cwd: root }).map((file) => file.split(/[\\/]/)[1] ?? '');
  const names = [...new Set(found)].filter((name) => !apart.includes(name)).sort();
  return [...known.filter((name) => names.includes(name)), ...names.filter((name) => !known.includes(name))];
}

function partOf(name: string): Part {
  // What opens browsers or real servers goes one after the other: the machine may be small.
  const concurrency = name === 'unit' || name === 'faults' ? 2 : 1;
  return { name, run: () => runNodeTests(`test/${name}`, { concurrency, timeout: 180_000 }) };
}

const bin = (file: string) => join(root, 'node_modules', ...file.split('/'));
const parts: Part[] = [
  { name: 'types', run: () => runTool('types', [bin('typescript/bin/tsc'), '--noEmit']) },
  {
    name: 'lint',
    run: () => runTool('lint', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']),
  },
  { name: 'build', run: () => runTool('build', ['esbuild.mjs', '--production']) },
  ...folders()
    .filter((name) => name !== last)
    .map(partOf),
  ...suites.map((suite) => ({ name: suite.name, run: () => runHost(suite) })),
  partOf(last),
];

const { positionals } = parseArgs({ allowPositionals: true });
const strangers = positionals.filter((name) => !parts.some((part) => part.name === name));
if (strangers.length > 0) {
  console.error(
    `No such part: ${strangers.join(', ')}. There are: ${parts.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const wanted = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const total = { passed: 0, skipped: 0 };
const failed: string[] = [];
for (const { name, run } of wanted) {
  console.log(`▶ ${name}`);
  const began = performance.now();
  const { passed, skipped, failures } = await run();
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(`  ${passed} passed, ${failures.length} failed, ${skipped} skipped in ${seconds} s`);
  total.passed += passed;
  total.skipped += skipped;
  failed.push(...failures.map(({ title, error }) => `✖ ${name}: ${title}\n${indent(error)}`));
  if (name === 'build' && failures.length > 0 && !existsSync(join(root, 'dist'))) break;
}
if (failed.length > 0) console.log(`\nWhat failed:\n${failed.join('\n')}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
console.log(`${total.passed} passed, ${failed.length} failed, ${total.skipped} skipped`);
