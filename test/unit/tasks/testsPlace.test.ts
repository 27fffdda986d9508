import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestsPlan } from '../../../src/tasks/tests/testsPlan.ts';
import type { ProjectFiles } from '../../../src/vocabulary/ports.ts';
import {
  failureOf,
  never,
  prepared,
  projects,
  projectTarget,
  promptOf,
  requestOf,
  targetOf,
  tasks,
  tools,
} from './ask.ts';

type Row = readonly [
  project: string,
  file: string,
  at: string,
  framework: string,
  path: string,
  kind: 'new' | 'existing',
  importLine: string,
];

const rows: readonly Row[] = [
  [
    'vitest',
    'src/prices.ts',
    'percent < 0',
    'vitest',
    'src/prices.test.ts',
    'existing',
    "import { discounted } from './prices.js';",
  ],
  [
    'vitest',
    'src/slug.ts',
    'toLowerCase',
    'vitest',
    'src/slug.test.ts',
    'new',
    "import { slug } from './slug.js';",
  ],
  [
    'jest',
    'lib/text.js',
    'split(',
    'jest',
    'lib/__tests__/text.test.js',
    'existing',
    "const { initials } = require('../text');",
  ],
  [
    'jest',
    'lib/dates.js',
    'Math',
    'jest',
    'lib/__tests__/dates.test.js',
    'new',
    "const { daysBetween } = require('../dates');",
  ],
  [
    'mocha',
    'lib/stack.js',
    'length === 0',
    'mocha',
    'test/stack.test.js',
    'existing',
    "const Stack = require('../lib/stack');",
  ],
  [
    'mocha',
    'lib/chunk.js',
    'size < 1',
    'mocha',
    'test/chunk.test.js',
    'new',
    "const { chunk } = require('../lib/chunk');",
  ],
  [
    'node-test',
    'src/range.js',
    'reduce',
    'nodeTest',
    'test/range.test.js',
    'existing',
    "import { sum } from '../src/range.js';",
  ],
  [
    'node-test',
    'src/clamp.js',
    'Math',
    'nodeTest',
    'test/clamp.test.js',
    'new',
    "import clamp from '../src/clamp.js';",
  ],
  [
    'pytest',
    'shop/cart.py',
    'fee =',
    'pytest',
    'tests/test_cart.py',
    'existing',
    'from shop.cart import shipping',
  ],
  [
    'pytest',
    'shop/money.py',
    'divmod',
    'pytest',
    'tests/test_money.py',
    'new',
    'from shop.money import split_evenly',
  ],
  ['go', 'words.go', 'plain :=', 'goTest', 'words_test.go', 'existing', 'package words'],
  ['go', 'count/count.go', 'Fields', 'goTest', 'count/count_test.go', 'new', 'package count'],
  [
    'junit',
    'src/main/java/example/numbers/Fraction.java',
    'other.bottom',
    'junit5',
    'src/test/java/example/numbers/FractionTest.java',
    'existing',
    'import org.junit.jupiter.api.Test;',
  ],
  [
    'junit',
    'src/main/java/example/numbers/Roman.java',
    'StringBuilder',
    'junit5',
    'src/test/java/example/numbers/RomanTest.java',
    'new',
    'package example.numbers;',
  ],
  [
    'xunit',
    'src/Shapes/Circle.cs',
    'Radius * factor',
    'xunit',
    'tests/Shapes.Tests/CircleTests.cs',
    'existing',
    'using Xunit;',
  ],
  [
    'xunit',
    'src/Shapes/Flat/Rectangle.cs',
    '1e-9',
    'xunit',
    'tests/Shapes.Tests/RectangleTests.cs',
    'new',
    'using Shapes.Flat;',
  ],
  [
    'nunit',
    'Weather/Temperature.cs',
    '"cold"',
    'nunit',
    'Weather.Tests/TemperatureTests.cs',
    'existing',
    'using NUnit.Framework;',
  ],
  [
    'nunit',
    'Weather/Wind.cs',
    '0.836',
    'nunit',
    'Weather.Tests/WindTests.cs',
    'new',
    'namespace Weather.Tests',
  ],
  [
    'monorepo',
    'packages/web/src/format/bytes.ts',
    'let value',
    'vitest',
    'packages/web/test/unit/format/bytes.spec.ts',
    'new',
    "import { readableBytes } from '../../../src/format/bytes';",
  ],
  [
    'monorepo',
    'packages/web/src/ratio.ts',
    'part /',
    'vitest',
    'packages/web/test/unit/ratio.spec.ts',
    'existing',
    "import { ratio } from '../../src/ratio';",
  ],
  [
    'monorepo',
    'packages/api/src/page.ts',
    'end =',
    'jest',
    'packages/api/src/page.test.ts',
    'new',
    "import { page } from './page';",
  ],
  [
    'monorepo',
    'services/billing/src/billing/tax.py',
    'rate <',
    'pytest',
    'services/billing/tests/test_tax.py',
    'new',
    'from billing.tax import with_tax',
  ],
];

describe('where tests go', () => {
  for (const [project, file, at, framework, path, kind, importLine] of rows) {
    it(`in ${project}, tests of ${file} go to ${kind === 'new' ? 'the new' : 'the existing'} ${path}`, async () => {
      const target = await projectTarget(project, file, at);
      const draft = await prepared('tests', requestOf('', { target }));
      const plan = draft.plan as TestsPlan;
      const expected = join(projects, project, path);
      assert.deepEqual(
        [plan.framework, plan.path, plan.existing === undefined ? 'new' : 'existing', plan.assumed],
        [framework, expected, kind, false],
      );
      assert.equal(new URL(plan.uri).pathname, expected);
      assert.ok(plan.header.split('\n').includes(importLine), plan.header);
      const prompt = promptOf(draft, 'user');
      assert.ok(prompt.includes(`\`${path}\``), 'the prompt names the path');
      assert.ok(prompt.includes(plan.header), 'the prompt holds the lines to begin with');
      assert.ok(prompt.includes(at), 'the prompt holds the code');
      assert.deepEqual(
        [...draft.paths].sort(),
        (kind === 'new' ? [target.path] : [target.path, expected]).sort(),
      );
      assert.equal(draft.held, true);
    });
  }
});

/** A project that is nowhere but in a table of paths and texts below `/project`. */
function filesOf(texts: Readonly<Record<string, string>>): ProjectFiles {
  const all = new Map(Object.entries(texts).map(([name, text]) => [join('/project', name), text]));
  return {
    folders: () => ['/project'],
    read: async (path) => all.get(path),
    stat: async (path) => (all.has(path) ? { bytes: 1, readOnly: false } : undefined),
    list: async (folder) => [
      ...new Set(
        [...all.keys()]
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).replace(/\/.*$/, '/')),
      ),
    ],
    find: async (folder, glob) => {
      const pattern = new RegExp(
        `^${glob
          .replace(/[.+^$()|[\]\\]/g, '\\$&')
          .replaceAll('**/', '(§/)?')
          .replaceAll('*', '[^/]*')
          .replaceAll('§', '.*')
          .replace(/\{([^}]*)\}/g, (_, inner: string) => `(${inner.replaceAll(',', '|')})`)
          .replace(/\{([^}]*)\}/g, (_, inner: string) => `(${inner.replaceAll(',', '|')})`)}$`,
      );
      return [...all.keys()].filter(
        (path) => path.startsWith(`${folder}/`) && pattern.test(path.slice(folder.length + 1)),
      );
    },
  };
}

async function planIn(
  texts: Readonly<Record<string, string>>,
  file: string,
  marked: string,
): Promise<TestsPlan> {
  const target = targetOf(join('/project', file), marked);
  const result = await tasks.prepare(
    'tests',
    requestOf('', { target }),
    { ...tools, files: filesOf({ ...texts, [file]: target.text }) },
    never,
  );
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.plan as TestsPlan;
}

const add = 'export function add(a, b) { return ¦a + b; }\n';

describe('which framework', () => {
  const packages: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['a dependency', { devDependencies: { vitest: '4' } }, 'vitest'],
    ['a test script', { scripts: { test: 'tsx --test test/*.ts' } }, 'nodeTest'],
    [
      'a test script over another dependency',
      { scripts: { test: 'mocha' }, devDependencies: { jest: '30' } },
      'mocha',
    ],
    ["jest's own key", { jest: {} }, 'jest'],
    ['a react app', { dependencies: { 'react-scripts': '5' } }, 'jest'],
  ];
  for (const [name, manifest, framework] of packages) {
    it(`is told by ${name}`, async () => {
      const plan = await planIn({ 'package.json': JSON.stringify(manifest) }, 'add.js', add);
      assert.equal(plan.framework, framework);
      assert.equal(plan.assumed, false);
    });
  }

  it('is told by what the tests there import, before anything else', async () => {
    const texts = {
      'package.json': '{"devDependencies":{"jest":"30"}}',
      'a.test.js': "import { test } from 'vitest';",
    };
    assert.equal((await planIn(texts, 'add.js', add)).framework, 'vitest');
  });

  it('is told by a configuration file alone', async () => {
    const texts = { 'package.json': '{}', 'vitest.config.ts': '' };
    assert.equal((await planIn(texts, 'add.js', add)).framework, 'vitest');
  });

  it('is assumed, and said so, where nothing tells', async () => {
    const plan = await planIn({}, 'add.mjs', add);
    assert.deepEqual([plan.framework, plan.assumed, plan.path], ['nodeTest', true, '/project/add.test.mjs']);
  });

  it('is unittest where the tests there use it and nothing names pytest', async () => {
    const texts = { 'tests/test_a.py': 'import unittest\n\nclass A(unittest.TestCase):\n    pass\n' };
    assert.equal(
      (await planIn(texts, 'add.py', 'def add(a, b):\n    return ¦a + b\n')).framework,
      'unittest',
    );
    assert.equal(
      (
        await planIn(
          { ...texts, 'requirements-dev.txt': 'pytest>=8\n' },
          'add.py',
          'def add(a, b):\n    return ¦a\n',
        )
      ).framework,
      'pytest',
    );
  });

  it('is JUnit 4 where the build says so', async () => {
    const pom =
      '<project><dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId></dependency></dependencies></project>';
    const plan = await planIn(
      { 'pom.xml': pom },
      'src/main/java/a/B.java',
      'package a;\npublic class B { public int one() { return ¦1; } }\n',
    );
    assert.deepEqual([plan.framework, plan.path], ['junit4', '/project/src/test/java/a/BTest.java']);
    assert.match(plan.header, /import org\.junit\.Test;/);
  });

  it('is refused by name where Maia does not know it', async () => {
    const target = targetOf('/project/add.js', add);
    const files = filesOf({ 'package.json': '{"devDependencies":{"ava":"6"}}', 'add.js': target.text });
    const result = await tasks.prepare('tests', requestOf('', { target }), { ...tools, files }, never);
    assert.deepEqual(result, {
      ok: false,
      failure: { code: 'testFrameworkUnknown', params: { framework: 'ava' } },
    });
  });
});

describe('how the source is imported', () => {
  const vitest = { 'package.json': '{"type":"module","devDependencies":{"vitest":"4"}}' };

  it('follows the extensions and quotes of the tests there', async () => {
    const texts = {
      ...vitest,
      'src/x.test.ts': 'import { it } from "vitest";\nimport { x } from "./x.ts";\n',
    };
    const plan = await planIn(texts, 'src/add.ts', add);
    assert.match(
      plan.header,
      /^import \{ expect, it \} from "vitest";\nimport \{ add \} from "\.\/add\.ts";$/,
    );
  });

  it('has no extension where the tests there have none', async () => {
    const texts = { ...vitest, 'src/x.test.ts': "import { it } from 'vitest';\nimport { x } from './x';\n" };
    assert.match((await planIn(texts, 'src/add.ts', add)).header, /from '\.\/add';/);
  });

  it("imports the class of a method, and a default export by its name's own", async () => {
    assert.match(
      (await planIn(vitest, 'a.ts', 'export default class Cart { total() { return ¦0; } }\n')).header,
      /import Cart from '\.\/a/,
    );
  });

  it('finds names that are exported at the end of the file', async () => {
    assert.match(
      (await planIn(vitest, 'a.ts', 'function add(a, b) { return ¦a; }\nexport { add as plus };\n')).header,
      /import \{ plus \}/,
    );
  });

  it('is tested in the words of the tests there: test() without a group', async () => {
    const sample = "import { expect, test } from 'vitest';\ntest('a', () => {});\n";
    const plan = await planIn({ ...vitest, 'src/x.test.ts': sample }, 'src/add.ts', add);
    assert.match(plan.header, /import \{ expect, test \} from 'vitest';/);
    assert.match(plan.shape, /^test\('handles usual input'/);
  });

  it('names the object whose method is meant', async () => {
    const text = 'export const api = {\n  get(id) {\n    return ¦id;\n  },\n};\n';
    const plan = await planIn(vitest, 'a.ts', text);
    assert.match(plan.header, /import \{ api \}/);
    assert.match(plan.shape, /expect\(api\.get\(\.\.\.\)\)/);
  });

  it('waits in the shape of a test for what is async', async () => {
    const script = await planIn(vitest, 'a.ts', 'export async function load(id) {\n  return ¦id;\n}\n');
    assert.match(script.shape, /async \(\) => \{\n {4}expect\(await load\(\.\.\.\)\)/);
    const python = await planIn({}, 'a.py', 'async def load(id):\n    return ¦id\n');
    assert.match(python.shape, /assert asyncio\.run\(load\(\.\.\.\)\) ==/);
    const csharp = await planIn(
      {},
      'A.cs',
      'class A {\n  public async Task<int> Load(int id) { return ¦id; }\n}\n',
    );
    assert.match(csharp.shape, /public async Task HandlesUsualInput\(\)[\s\S]*await new A/);
  });

  it('is refused where nothing outside can reach the function', async () => {
    for (const [file, text] of [
      ['a.ts', 'export class A {\n  private one() { return ¦1; }\n}\n'],
      ['a.ts', 'export class A {\n  #one() { return ¦1; }\n}\n'],
      ['a.ts', 'const own = {\n  one() { return ¦1; },\n};\n'],
      ['a.py', 'def outer():\n    def one():\n        return ¦1\n    return one\n'],
    ] as const) {
      const failure = await failureOf('tests', requestOf('', { target: targetOf(`/project/${file}`, text) }));
      assert.equal(failure.code, 'notExported', text);
    }
    assert.deepEqual(
      await failureOf(
        'tests',
        requestOf('', { target: targetOf('/project/a.ts', 'function inner() { return ¦1; }\n') }),
      ),
      {
        code: 'notExported',
        params: { name: 'inner' },
      },
    );
    const java = 'class A { private int one() { return ¦1; } }\n';
    assert.equal(
      (await failureOf('tests', requestOf('', { target: targetOf('/project/A.java', java) }))).code,
      'notExported',
    );
  });

  it('follows the module names that Python tests use', async () => {
    const texts = { 'pyproject.toml': '', 'tests/test_x.py': 'from src.app.x import x\n' };
    assert.match(
      (await planIn(texts, 'src/app/add.py', 'def add(a):\n    return ¦a\n')).header,
      /^from src\.app\.add import add$/m,
    );
  });

  it('names the package where Go tests stand outside it', async () => {
    const texts = {
      'go.mod': 'module example.com/m\n',
      'pkg/x_test.go': 'package pkg_test\n\nfunc TestX() {}\n',
    };
    const plan = await planIn(texts, 'pkg/add.go', 'package pkg\n\nfunc Add(a int) int {\n\treturn ¦a\n}\n');
    assert.match(plan.header, /^package pkg_test\n/);
    assert.match(plan.header, /"example\.com\/m\/pkg"/);
    assert.deepEqual(plan.taken, ['TestX', 'Add']);
  });
});

describe('a request for tests that names no place', () => {
  it('fails for a document that was never saved', async () => {
    const target = { ...targetOf('/project/a.ts', add), path: undefined, uri: 'untitled:Untitled-1' };
    assert.deepEqual(await failureOf('tests', requestOf('', { target })), {
      code: 'noFolder',
      params: { task: 'tests' },
    });
  });

  it('looks into no folder below the file where no workspace folder is open', async () => {
    for (const path of ['/home/a/add.js', '/home/a/add.py', '/home/a/Add.java', '/home/a/Add.cs']) {
      const globs: string[] = [];
      const files: ProjectFiles = {
        ...filesOf({}),
        find: async (_folder, glob) => {
          globs.push(glob);
          return [];
        },
      };
      const text = {
        '.js': add,
        '.py': 'def add(a):\n    return ¦a\n',
      }[path.slice(path.lastIndexOf('.'))];
      const target = targetOf(path, text ?? 'class Add { public int One() { return ¦1; } }\n', {
        folder: undefined,
      });
      const result = await tasks.prepare('tests', requestOf('', { target }), { ...tools, files }, never);
      assert.ok(result.ok, JSON.stringify(result));
      assert.ok(globs.length > 0);
      assert.deepEqual(
        globs.filter((glob) => glob.includes('**')),
        [],
      );
    }
  });

  it('is answered in text where the language has no grammar', async () => {
    const draft = await prepared(
      'tests',
      requestOf('', { target: targetOf('/project/a.lua', '«function add(a, b) return a + b end»\n') }),
    );
    assert.equal(draft.held, false);
    const { verdict } = await tasks.judge(draft, '```lua\nassert(add(1, 2) == 3)\n```', tools, never);
    assert.deepEqual(verdict.findings, [{ code: 'noGrammar', params: { languageId: 'lua' } }]);
  });
});

it('a file with tests counts as used even where it is too long to go along whole', async () => {
  const target = await projectTarget('vitest', 'src/prices.ts', 'percent < 0');
  const there = join(projects, 'vitest', 'src/prices.test.ts');
  const files: ProjectFiles = {
    ...tools.files,
    read: async (path, ...rest) => {
      const text = await tools.files.read(path, ...rest);
      return path === there ? `${text}\n// ${'long '.repeat(2_000)}\n` : text;
    },
  };
  const ready = await tasks.prepare('tests', requestOf('', { target }), { ...tools, files }, never);
  assert.ok(ready.ok);
  assert.ok(!promptOf(ready.value, 'user').includes('long long'));
  assert.ok(ready.value.paths.includes(there));
});
