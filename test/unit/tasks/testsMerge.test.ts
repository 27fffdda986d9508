import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TestsPlan } from '../../../src/tasks/tests/testsPlan.ts';
import { judged, never, prepared, projectTarget, requestOf, targetOf, tasks, tools } from './ask.ts';

/** Pieces that real answers are made of, good and bad, in an order that a generator chooses. */
const pieces: Readonly<Record<string, readonly string[]>> = {
  typescript: [
    "import { expect, test } from 'vitest';\n",
    "import { describe, it } from '@jest/globals';\n",
    "import { discounted, total } from './prices';\n",
    "import * as prices from '../src/prices.js';\n",
    "const { total } = require('./prices');\n",
    "describe('total', () => {\n  it('is 0 for no lines', () => {\n    expect(total([])).toBe(0);\n  });\n});\n",
    "test('takes off', () => {\n  expect(discounted(100, 10)).toBe(90);\n});\n",
    "test('takes off', () => {\n  expect(prices.discounted(50, 10)).toBe(45);\n});\n",
    'export function discounted(a, b) {\n  return a;\n}\n',
    'const line = { price: 1, quantity: 1 };\n',
    "describe('half', () => {\n",
    '});\n',
    'This tests the function.\n',
  ],
  python: [
    'import pytest\n',
    'from shop.cart import shipping, Cart as Basket\n',
    'from cart import *\n',
    'import shop.cart\n',
    'def test_add_counts():\n    assert shipping(1) == 4.0\n',
    'def test_add_counts():\n    assert Cart().add("pen", 2) == 2\n',
    'class TestShipping:\n    def test_express(self):\n        assert shipping(1, True) == 8\n',
    'def shipping(weight):\n    return 4\n',
    'if __name__ == "__main__":\n    pytest.main()\n',
    'def test_cut(\n',
  ],
  go: [
    'package words\n',
    'import "testing"\n',
    'import (\n\t"fmt"\n\t"strings"\n)\n',
    'func TestReverse(t *testing.T) {\n\tt.Fatal(IsPalindrome("a"))\n}\n',
    'func TestPalindrome(t *testing.T) {\n\tif !words.IsPalindrome("a") {\n\t\tt.Fatal("no")\n\t}\n}\n',
    'func IsPalindrome(text string) bool {\n\treturn true\n}\n',
    'func main() {\n}\n',
    'func TestCut(t *testing.T) {\n',
  ],
  java: [
    'package a.b;\n',
    'import java.util.*;\nimport org.junit.Test;\n',
    'public class FractionTest {\n',
    '    @Test\n    void addsFractions() {\n        assertEquals(1, 1);\n    }\n',
    '    @Test\n    void plusIsFine() {\n        assertEquals(new Fraction(1, 1), new Fraction(0, 1).plus(new Fraction(1, 1)));\n    }\n',
    '    private int field = 1;\n',
    '}\n',
  ],
  csharp: [
    'using Xunit;\nusing System;\n',
    'namespace Other;\n',
    'public class CircleTests\n{\n',
    '    [Fact]\n    public void AreaOfTheUnitCircleIsPi()\n    {\n        Assert.True(true);\n    }\n',
    '    [Fact]\n    public void Scales()\n    {\n        Assert.Equal(2, new Circle(1).Scaled(2).Radius);\n    }\n',
    '}\n',
  ],
};

const targets: readonly (readonly [string, string, string])[] = [
  ['vitest', 'src/prices.ts', 'percent < 0'],
  ['pytest', 'shop/cart.py', 'fee ='],
  ['go', 'words.go', 'plain :='],
  ['junit', 'src/main/java/example/numbers/Fraction.java', 'other.bottom'],
  ['xunit', 'src/Shapes/Circle.cs', 'Radius * factor'],
];

/** Whether the lines of `before` are all in `after`, in their order; a line of imports may have grown. */
function keeps(before: string, after: string): boolean {
  const lines = after.split('\n');
  let at = 0;
  for (const line of before.split('\n')) {
    const names = line.replace(/\s*\}.*$/, '');
    const same = (other: string) =>
      other === line || (/^(import|from) /.test(line) && other.startsWith(names));
    while (at < lines.length && !same(lines[at] ?? '')) at += 1;
    if (at === lines.length) return false;
    at += 1;
  }
  return true;
}

describe('an answer made of anything', () => {
  for (const [project, file, at] of targets) {
    it(`leaves the existing tests of ${project} whole, and what passed parses`, async () => {
      const draft = await prepared(
        'tests',
        requestOf('', { target: await projectTarget(project, file, at) }),
      );
      const plan = draft.plan as TestsPlan;
      const answers = fc
        .array(fc.constantFrom(...(pieces[plan.languageId] ?? [])), { minLength: 1, maxLength: 6 })
        .map((chosen) => `\`\`\`\n${chosen.join('\n')}\`\`\``);
      let proposed = 0;
      await fc.assert(
        fc.asyncProperty(answers, async (answer) => {
          const { verdict, proposal } = await judged(draft, answer);
          if (!proposal) {
            assert.notEqual(verdict.kind, 'passed');
            return;
          }
          proposed += 1;
          assert.ok(keeps(plan.existing ?? '', proposal.after), proposal.after);
          const parsed = await tools.code.parse({ languageId: plan.languageId, text: proposal.after }, never);
          assert.ok(parsed.ok && parsed.value.errorLines.length === 0, proposal.after);
        }),
        { numRuns: 120 },
      );
      assert.ok(proposed > 0, `only ${proposed} answers came to anything`);
    });
  }
});

/** Tests of a file that lies nowhere, among no other files. */
async function planOf(path: string, marked: string, more: Partial<TestsPlan>) {
  const none = {
    folders: () => [],
    read: async () => undefined,
    stat: async () => undefined,
    list: async () => [],
    find: async () => [],
  };
  const target = targetOf(path, marked);
  const result = await tasks.prepare('tests', requestOf('', { target }), { ...tools, files: none }, never);
  assert.ok(result.ok, JSON.stringify(result));
  return { ...result.value, plan: { ...(result.value.plan as TestsPlan), ...more } };
}

describe('tests in other forms', () => {
  it('go before the main block of a unittest module', async () => {
    const existing =
      'import unittest\n\nfrom a import add\n\n\nclass TestAdd(unittest.TestCase):\n    def test_one(self):\n        self.assertEqual(add(0, 1), 1)\n\n\nif __name__ == "__main__":\n    unittest.main()\n';
    const draft = await planOf('/project/a.py', 'def add(a, b):\n    return ¦a + b\n', {
      framework: 'unittest',
      header: 'import unittest\n\nfrom a import add',
      existing,
    });
    const answer =
      '```python\nimport unittest\nfrom a import add\n\nclass TestAdd(unittest.TestCase):\n    def test_two(self):\n        self.assertEqual(add(1, 1), 2)\n\nif __name__ == "__main__":\n    unittest.main()\n```';
    const { verdict, proposal } = await judged(draft, answer);
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    assert.equal(
      proposal?.after,
      existing.replace(
        'if __name__',
        'class TestAdd2(unittest.TestCase):\n    def test_two(self):\n        self.assertEqual(add(1, 1), 2)\n\n\nif __name__',
      ),
    );
    const plain = await judged(draft, '```python\ndef test_two():\n    assert add(1, 1) == 2\n```');
    assert.deepEqual(plain.verdict.findings, [{ code: 'noTests', params: {} }]);
  });

  it('of a component count an element as a call', async () => {
    const draft = await planOf(
      '/project/Badge.tsx',
      'export function Badge({ text }: { text: string }) {\n  return <b>¦{text}</b>;\n}\n',
      {
        framework: 'vitest',
        header: "import { describe, expect, it } from 'vitest';\nimport { Badge } from './Badge';",
      },
    );
    const answer =
      "```tsx\nimport { render, screen } from '@testing-library/react';\n\nit('shows its text', () => {\n  render(<Badge text=\"new\" />);\n  expect(screen.getByText('new')).toBeTruthy();\n});\n```";
    const { verdict, proposal } = await judged(draft, answer);
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    assert.match(
      proposal?.after ?? '',
      /import \{ render, screen \} from '@testing-library\/react';\n\nit\(/,
    );
  });

  it('say that the framework was assumed where nothing named one', async () => {
    const draft = await planOf('/project/add.mjs', 'export const add = (a, b) => ¦a + b;\n', {});
    const { verdict } = await judged(
      draft,
      "```js\nit('adds', () => {\n  assert.equal(add(1, 1), 2);\n});\n```",
    );
    assert.deepEqual(verdict.findings.at(-1), {
      code: 'frameworkAssumed',
      params: { framework: 'node:test' },
    });
  });
});
