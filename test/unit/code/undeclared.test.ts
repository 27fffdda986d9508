import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startCode } from '../../../src/code/client.ts';
import { sourcePaths } from '../../../src/code/paths.ts';

const code = startCode(sourcePaths());
after(() => code.dispose());
const never = new AbortController().signal;

async function undeclared(languageId: string, text: string, known: readonly string[] = []) {
  const found = await code.undeclared({ languageId, text }, { start: 0, end: text.length }, known, never);
  assert.ok(found.ok);
  return found.value;
}

const programs: readonly (readonly [string, string])[] = [
  [
    'typescript',
    `import fs, { a as b } from 'x';\nexport { z } from 'y';\nfunction f<T>({ c, d: [e] }: T, ...rest: T[]): asserts c is T {\n  try { fs(b, c, e, rest); } catch (error) { console.log(error); }\n  for (const { g = 1 } of rest) Math.max(g);\n  outer: for (;;) break outer;\n  return ((h, i) => ({ h, j: i }))(new Map(), STRANGE);\n}\nclass A { k = 1; m() { return this.k; } }\nnew A();`,
  ],
  [
    'python',
    `import os.path\nfrom .utils import a as b\ndef f(c, *d, e=1, **g):\n    with open(c) as h:\n        i, (j, *k) = h\n    l = [m for m, _ in d if (n := m)]\n    try:\n        pass\n    except OSError as o:\n        print(o, i, j, k, l, n, e, g, os, b(key=STRANGE))\n    return lambda p, q=2: p + q + c.attribute\n`,
  ],
  [
    'go',
    `package a\n\nimport (\n\t"net/url"\n\tu "x/y"\n)\n\nfunc F(c, d int, e ...string) (g error) {\n\tfor i, v := range e {\n\t\th := url.Parse(v)\n\t\tu.Go(h, i, len(e), c, d)\n\t}\n\tvar j struct{ k int }\n\t_ = T{k: STRANGE}\n\treturn j.k\n}\n`,
  ],
  [
    'java',
    `class A {\n  int field;\n  int f(int a, String... b) {\n    int c = a;\n    for (String d : b) { try { go(c, d, field); } catch (Exception e) { e.print(); } }\n    return b.map(x -> x.y + STRANGE).z((p, q) -> p);\n  }\n}\n`,
  ],
];

describe('names that nothing declares', () => {
  for (const [language, text] of programs) {
    test(`are found in ${language}, and nothing else is taken for one`, async () => {
      const name = language === 'java' ? 'strange' : 'STRANGE';
      const found = await undeclared(language, text.replace('STRANGE', name));
      assert.deepEqual(
        found.filter((one) => one !== 'T'),
        [name],
      );
      assert.deepEqual(
        (await undeclared(language, text.replace('STRANGE', name), [name])).filter((one) => one !== 'T'),
        [],
      );
    });
  }

  test('are not told where everything of a module is imported, or a base class has members', async () => {
    assert.deepEqual(await undeclared('python', 'from x import *\nprint(y)\n'), []);
    assert.deepEqual(await undeclared('java', 'class A extends B { int f() { return y; } }'), []);
  });
});

describe('tokens', () => {
  test('are what a text says without comments, docstrings and white space', async () => {
    const tokens = async (languageId: string, text: string) => {
      const found = await code.tokens({ languageId, text }, never);
      assert.ok(found.ok);
      return found.value.map((token) => token.text).join(' ');
    };
    assert.equal(await tokens('typescript', '/** a */\nf( 1 , // b\n x)'), 'f ( 1 , x )');
    assert.equal(
      await tokens('python', 'def f(a):\n    """Doc."""\n    return  a # b\n'),
      'def f ( a ) : return a',
    );
  });
});
