import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { answered, projectTarget, targetOf } from '../ask.ts';

describe('a project that is not one plain folder', () => {
  it('tests a monorepo package where that package has its tests', async () => {
    const target = await projectTarget('monorepo', 'packages/web/src/ratio.ts', 'part /');
    const tests =
      "```ts\nimport { expect, it } from 'vitest';\nimport { ratio } from '../../src/ratio.js';\n\nit('gives a half', () => {\n  expect(ratio(1, 2)).toBe(0.5);\n});\n```";
    const { verdict, proposal } = await answered('tests', target, tests);
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    assert.match(proposal?.path ?? '', /packages\/web\/test\/unit\/ratio\.spec\.ts$/);
  });
});

describe('a project whose tests need a build', () => {
  const source =
    'export function area(width: number, height: number): number {\n  ¦return width * height;\n}\n';
  const tests = (module: string) =>
    `\`\`\`ts\nimport assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { area } from '${module}';\n\ntest('multiplies', () => {\n  assert.equal(area(2, 3), 6);\n});\n\`\`\``;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maia-built-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function project(name: string, tsconfig: object): Promise<string> {
    const files = {
      'package.json': {
        type: 'module',
        main: 'dist/area.js',
        scripts: { build: 'tsc', test: 'npm run build && node --test dist/' },
      },
      'tsconfig.json': tsconfig,
    };
    for (const [file, content] of Object.entries(files)) {
      const path = join(folder, name, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, JSON.stringify(content));
    }
    return join(folder, name);
  }

  const compilerOptions = { outDir: 'dist', rootDir: 'src', module: 'nodenext' };

  it('has its tests beside the source, and they import what will be built beside them', async () => {
    const root = await project('built', { compilerOptions });
    const target = targetOf(join(root, 'src', 'area.ts'), source, { folder: root });
    // A model that thinks of the build imports from it; what is there before it is the source.
    for (const module of ['./area.js', '../dist/area.js', './area', './area.ts']) {
      const { verdict, proposal } = await answered('tests', target, tests(module));
      assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
      assert.equal(proposal?.path, join(root, 'src', 'area.test.ts'));
      assert.match(proposal.after, /from '\.\/area\.js'/, module);
    }
  });

  it('imports the source itself where nothing has to be built', async () => {
    const noEmit = await project('plain', { compilerOptions: { module: 'nodenext', noEmit: true } });
    const target = targetOf(join(noEmit, 'src', 'area.ts'), source, { folder: noEmit });
    const { proposal } = await answered('tests', target, tests('./area.js'));
    assert.match(proposal?.after ?? '', /from '\.\/area\.ts'/);
  });
});
