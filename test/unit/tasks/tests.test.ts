import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Judged } from '../../../src/tasks/tasks.ts';
import type { TestsPlan } from '../../../src/tasks/tests/testsPlan.ts';
import { answered, judged, never, prepared, projectTarget, requestOf, tasks, tools } from './ask.ts';

async function inProject(project: string, file: string, at: string, answer: string): Promise<Judged> {
  return answered('tests', await projectTarget(project, file, at), answer);
}

function assertPassed({ verdict }: Judged, tests: number): void {
  assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
  const count = verdict.findings.find((finding) => finding.code === 'asserts');
  assert.deepEqual(count?.params, { tests });
}

/** The existing file with each `from` replaced by its `to` and `end` after it is the file as it would be applied. */
function assertChanged({ proposal }: Judged, pairs: readonly (readonly [string, string])[], end = ''): void {
  const { before = '', after } = proposal ?? { after: '' };
  const expected = pairs.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `not there: ${from}`);
    return text.replace(from, () => to);
  }, before);
  assert.equal(after, expected + end);
}

const slugTests = `import { describe, expect, it } from 'vitest';
import { slug } from './slug.js';

describe('slug', () => {
  it('joins words', () => {
    expect(slug('Hello, World')).toBe('hello-world');
  });
});`;

describe('tests in a new file', () => {
  it('are the answer as it came where nothing is wrong with it', async () => {
    const result = await inProject('vitest', 'src/slug.ts', 'toLowerCase', `\`\`\`ts\n${slugTests}\n\`\`\``);
    assertPassed(result, 1);
    assert.equal(result.proposal?.after, `${slugTests}\n`);
    assert.equal(result.proposal?.before, undefined);
    assert.equal(result.proposal?.openBeside, true);
  });

  const mended: Record<string, string> = {
    'have no imports at all': slugTests.replace(/import.*\n/g, ''),
    'import from a made-up module': slugTests.replace('./slug.js', '../src/your-module'),
    'import jest instead': slugTests.replace("'vitest'", "'@jest/globals'"),
    'use require': slugTests
      .replace(/import (.*) from '(.*)';/g, "const $1 = require('$2');")
      .replace("require('vitest')", "require('jest')"),
    'copy the function into the test file': slugTests.replace(
      "import { slug } from './slug.js';",
      '/** Makes a slug. */\nexport function slug(title: string) {\n  return title.toLowerCase();\n}',
    ),
    'export what a test file has no use for': slugTests
      .replace("import { slug } from './slug.js';", 'const slug = (title) => {\n  return title;\n};')
      .concat('\n\nmodule.exports = { slug };'),
    'come with words around and an install command': `First install it:\n\`\`\`bash\nnpm i -D vitest\n\`\`\`\nThen:\n\`\`\`typescript\n${slugTests}\n\`\`\`\nRun it with \`npx vitest\`.`,
    'come twice': `\`\`\`ts\n${slugTests}\n\`\`\`\nAgain:\n\`\`\`ts\n${slugTests}\n\`\`\``,
  };
  for (const [name, answer] of Object.entries(mended)) {
    it(`are put right when they ${name}`, async () => {
      const fencedAnswer = answer.includes('```') ? answer : `\`\`\`ts\n${answer}\n\`\`\``;
      const result = await inProject('vitest', 'src/slug.ts', 'toLowerCase', fencedAnswer);
      assertPassed(result, 1);
      assert.equal(result.proposal?.after, `${slugTests}\n`);
    });
  }

  it('take what else they use of the framework and of the source', async () => {
    const answer =
      "```ts\nlet lines: Line[];\nbeforeEach(() => {\n  lines = [{ price: 1, quantity: 2 }];\n});\ntest('adds', () => {\n  expect(total(lines)).toBe(2);\n});\n```";
    const target = await projectTarget('vitest', 'src/prices.ts', 'sum +');
    const draft = await prepared('tests', requestOf('', { target }));
    const plan = { ...(draft.plan as TestsPlan), existing: undefined };
    const result = await judged({ ...draft, plan }, answer);
    assertPassed(result, 1);
    assert.match(
      result.proposal?.after ?? '',
      /^import \{ beforeEach, expect, test \} from 'vitest';\nimport \{ total, type Line \} from '\.\/prices\.js';\n\nlet lines/,
    );
  });

  it('give each test a name of its own', async () => {
    const answer =
      "```js\ntest('works', () => {\n  expect(daysBetween(0, 0)).toBe(0);\n});\ntest('works', () => {\n  expect(daysBetween(0, 1)).toBe(1);\n});\n```";
    const result = await inProject('jest', 'lib/dates.js', 'Math', answer);
    assertPassed(result, 2);
    assert.match(result.proposal?.after ?? '', /test\('works',[\s\S]*test\('works \(2\)',/);
  });

  const bad: readonly (readonly [string, string, string])[] = [
    [
      'never call the function',
      slugTests.replace("slug('Hello, World')", "'hello-world'"),
      'targetNotCalled',
    ],
    ['assert nothing', slugTests.replace(/expect\((.*)\)\.toBe.*;/, '$1;'), 'nothingAsserted'],
    ['hold no test', "import { slug } from './slug.js';\nexpect(slug('a')).toBe('a');", 'noTests'],
    ['do not parse', slugTests.replace('.toBe(', '.toBe(('), 'doesNotParse'],
    ['leave the values open', slugTests.replace("'Hello, World'", '...'), 'placeholder'],
    [
      'use what nothing imports',
      slugTests.replace("slug('Hello, World')", "sinon.stub(slug('Hello, World'))"),
      'undefinedName',
    ],
  ];
  for (const [name, answer, code] of bad) {
    it(`fail with "${code}" when they ${name}`, async () => {
      const { verdict } = await inProject(
        'vitest',
        'src/slug.ts',
        'toLowerCase',
        `\`\`\`ts\n${answer}\n\`\`\``,
      );
      assert.equal(verdict.kind, 'failed', JSON.stringify(verdict));
      assert.equal(verdict.findings[0]?.code, code, JSON.stringify(verdict));
    });
  }

  it('fail as cut short when the fence and the code are', async () => {
    const { verdict } = await inProject(
      'vitest',
      'src/slug.ts',
      'toLowerCase',
      `\`\`\`ts\n${slugTests.slice(0, -20)}`,
    );
    assert.deepEqual(verdict.findings, [{ code: 'cutShort', params: {} }]);
  });

  it('fail in words where the answer holds no code, declines or is empty', async () => {
    const codes = await Promise.all(
      ['The function joins words.', "I'm sorry, but I can't write tests.", ''].map(
        async (answer) =>
          (await inProject('vitest', 'src/slug.ts', 'toLowerCase', answer)).verdict.findings[0]?.code,
      ),
    );
    assert.deepEqual(codes, ['noCode', 'refusal', 'emptyAnswer']);
  });

  it('say that expect is foreign to node:test', async () => {
    const answer =
      "```js\nimport { test } from 'node:test';\nimport clamp from '../src/clamp.js';\ntest('holds', () => {\n  expect(clamp(5, 1, 3)).toBe(3);\n});\n```";
    const { verdict } = await inProject('node-test', 'src/clamp.js', 'Math', answer);
    assert.deepEqual(verdict.findings, [{ code: 'undefinedName', params: { name: 'expect' } }]);
  });

  it('are not checked where the code worker is broken, and nothing is thrown', async () => {
    const draft = await prepared(
      'tests',
      requestOf('', { target: await projectTarget('vitest', 'src/slug.ts', 'toLowerCase') }),
    );
    const fails = () => Promise.resolve({ ok: false, problem: 'failed' } as const);
    const code = {
      ...tools.code,
      parse: fails,
      imports: fails,
      units: fails,
      testCases: fails,
      calledNames: fails,
    };
    const one = await tasks.judge(draft, slugTests, { ...tools, code }, never);
    assert.deepEqual(one.verdict, {
      kind: 'notChecked',
      findings: [{ code: 'verifierFailed', params: { detail: 'parser' } }],
    });
    const thrower = { ...tools.code, imports: () => Promise.reject(new TypeError('gone')) };
    const two = await tasks.judge(draft, slugTests, { ...tools, code: thrower }, never);
    assert.equal(two.verdict.kind, 'notChecked');
  });
});

describe('tests added to a file that exists', () => {
  const fresh =
    "describe('discounted', () => {\n  it('takes a tenth off', () => {\n    expect(discounted(100, 10)).toBe(90);\n  });\n});";

  it('leave it byte for byte, imports apart', async () => {
    const answer = `\`\`\`ts\nimport { describe, expect, it } from 'vitest';\nimport { discounted } from './prices.js';\n\n${fresh}\n\`\`\``;
    const result = await inProject('vitest', 'src/prices.ts', 'percent < 0', answer);
    assertPassed(result, 1);
    assertChanged(result, [['{ total }', '{ total, discounted }']], `\n${fresh}\n`);
  });

  it('leave out what is there already, and keep what is new', async () => {
    const existing =
      "describe('total', () => {\n  it('is 0 for no lines', () => {\n    expect(total([])).toBe(0);\n  });\n});\n";
    const result = await inProject(
      'vitest',
      'src/prices.ts',
      'percent < 0',
      `\`\`\`ts\n${existing}\n${fresh}\n\`\`\``,
    );
    assertPassed(result, 1);
    assert.equal(result.proposal?.after.match(/is 0 for no lines/g)?.length, 1);
  });

  it('fail where they only repeat what is there', async () => {
    const answer =
      "```ts\ndescribe('total', () => {\n  it('is 0 for no lines', () => {\n    expect(total([])).toBe(0);\n  });\n});\n```";
    const { verdict } = await inProject('vitest', 'src/prices.ts', 'percent < 0', answer);
    assert.equal(verdict.findings[0]?.code, 'duplicateTest');
  });

  it('give a test of a taken name another one', async () => {
    const answer =
      "```ts\ndescribe('total', () => {\n  it('is 0 for no lines', () => {\n    expect(total([{ price: 0, quantity: 1 }])).toBe(0);\n  });\n});\n```";
    const result = await inProject('vitest', 'src/prices.ts', 'sum +', answer);
    assertPassed(result, 1);
    assert.match(result.proposal?.after ?? '', /it\('is 0 for no lines \(2\)'/);
  });

  it('stand in a group of their own where names clash', async () => {
    const target = await projectTarget('node-test', 'src/range.js', 'reduce');
    const draft = await prepared('tests', requestOf('', { target }));
    const existing = `${(draft.plan as TestsPlan).existing}const numbers = [1];\n`;
    const answer =
      "```js\nconst numbers = [1, 2];\nit('adds', () => {\n  assert.equal(sum(numbers), 3);\n});\n```";
    const result = await judged({ ...draft, plan: { ...(draft.plan as TestsPlan), existing } }, answer);
    assertPassed(result, 1);
    assert.match(result.proposal?.after ?? '', /describe\('sum', \(\) => \{\n {2}const numbers = \[1, 2\];/);
  });

  it('keep Windows line ends', async () => {
    const target = await projectTarget('vitest', 'src/prices.ts', 'percent < 0');
    const draft = await prepared('tests', requestOf('', { target }));
    const plan = draft.plan as TestsPlan;
    const result = await judged(
      { ...draft, plan: { ...plan, existing: plan.existing?.replaceAll('\n', '\r\n') } },
      `\`\`\`ts\n${fresh}\n\`\`\``,
    );
    assertPassed(result, 1);
    assert.doesNotMatch(result.proposal?.after ?? '', /[^\r]\n/);
  });

  it('are not checked where the file did not parse before', async () => {
    const target = await projectTarget('vitest', 'src/prices.ts', 'percent < 0');
    const draft = await prepared('tests', requestOf('', { target }));
    const plan = draft.plan as TestsPlan;
    const { verdict } = await judged(
      { ...draft, plan: { ...plan, existing: `${plan.existing}\nconst = ;\n` } },
      `\`\`\`ts\n${fresh}\n\`\`\``,
    );
    assert.equal(verdict.kind, 'notChecked');
    assert.equal(verdict.findings[0]?.code, 'fileHadErrors');
  });

  it('go into a CommonJS file by its own require', async () => {
    const answer =
      "```js\nconst { initials } = require('./text');\n\ntest('takes each first letter', () => {\n  expect(initials('ada lovelace')).toBe('AL');\n});\n```";
    const result = await inProject('jest', 'lib/text.js', 'split(', answer);
    assertPassed(result, 1);
    assert.ok(
      result.proposal?.after.startsWith("const { capitalize, initials } = require('../text');\n\ndescribe("),
    );
  });

  it('turn test() into it() under mocha', async () => {
    const answer =
      "```js\ntest('throws when empty', () => {\n  assert.throws(() => new Stack().pop());\n});\n```";
    const result = await inProject('mocha', 'lib/stack.js', 'length === 0', answer);
    assertPassed(result, 1);
    assertChanged(
      result,
      [],
      "\nit('throws when empty', () => {\n  assert.throws(() => new Stack().pop());\n});\n",
    );
  });
});

describe('in Python', () => {
  it('go to a new module that imports the function once', async () => {
    const answer =
      '```python\nimport pytest\nfrom money import split_evenly\n\ndef split_evenly(cents, people):\n    pass\n\ndef test_even():\n    assert split_evenly(10, 2) == [5, 5]\n\ndef test_nobody():\n    with pytest.raises(ValueError):\n        split_evenly(10, 0)\n\nif __name__ == "__main__":\n    pytest.main()\n```';
    const result = await inProject('pytest', 'shop/money.py', 'divmod', answer);
    assertPassed(result, 2);
    assert.equal(
      result.proposal?.after,
      'import pytest\n\nfrom shop.money import split_evenly\n\n\ndef test_even():\n    assert split_evenly(10, 2) == [5, 5]\n\ndef test_nobody():\n    with pytest.raises(ValueError):\n        split_evenly(10, 0)\n',
    );
  });

  it('are added to a module, with names of their own and one import line', async () => {
    const answer =
      '```python\nfrom shop.cart import shipping\n\n\ndef test_add_counts():\n    assert shipping(1) == 4.0\n```';
    const result = await inProject('pytest', 'shop/cart.py', 'fee =', answer);
    assertPassed(result, 1);
    assertChanged(
      result,
      [['import Cart', 'import Cart, shipping']],
      '\n\ndef test_add_counts_2():\n    assert shipping(1) == 4.0\n',
    );
  });

  it('fail where values are left open, which Python would run', async () => {
    const { verdict } = await inProject(
      'pytest',
      'shop/money.py',
      'divmod',
      '```python\ndef test_a():\n    assert split_evenly(...) == ...\n```',
    );
    assert.equal(verdict.findings[0]?.code, 'placeholder');
  });

  it('may import the module itself', async () => {
    const answer =
      '```python\nfrom shop import money\n\ndef test_even():\n    assert money.split_evenly(10, 2) == [5, 5]\n```';
    const result = await inProject('pytest', 'shop/money.py', 'divmod', answer);
    assertPassed(result, 1);
    assert.match(result.proposal?.after ?? '', /^from shop import money\n/);
  });
});

describe('in Go', () => {
  const answer =
    '```go\npackage main\n\nimport (\n\t"fmt"\n\t"testing"\n\n\t"example.com/wrong/words"\n)\n\nfunc IsPalindrome(text string) bool { return true }\n\nfunc TestReverse(t *testing.T) {\n\tif !words.IsPalindrome("Anna") || strings.ToUpper("a") != "A" {\n\t\tt.Fatal("no")\n\t}\n}\n```';

  it('are added with the imports that they use, and a free name', async () => {
    const result = await inProject('go', 'words.go', 'plain :=', answer);
    assertPassed(result, 1);
    assertChanged(
      result,
      [['import "testing"', 'import "testing"\nimport "strings"']],
      '\nfunc TestReverse2(t *testing.T) {\n\tif !IsPalindrome("Anna") || strings.ToUpper("a") != "A" {\n\t\tt.Fatal("no")\n\t}\n}\n',
    );
  });

  it('go to a new file in the package', async () => {
    const result = await inProject(
      'go',
      'count/count.go',
      'Fields',
      '```go\nfunc TestWords(t *testing.T) {\n\tif _, err := Words(""); !errors.Is(err, ErrEmpty) {\n\t\tt.Errorf("got %v", err)\n\t}\n}\n```',
    );
    assertPassed(result, 1);
    assert.ok(
      result.proposal?.after.startsWith(
        'package count\n\nimport (\n\t"errors"\n\t"testing"\n)\n\nfunc TestWords',
      ),
    );
  });
});

describe('in Java and C#', () => {
  it('become methods of the class that is there', async () => {
    const answer =
      '```java\nimport org.junit.Test;\nimport static org.junit.Assert.*;\n\npublic class FractionTests {\n    @Test\n    public void addsFractions() {\n        assertThrows(IllegalArgumentException.class, () -> new Fraction(1, 0).plus(new Fraction(1, 1)));\n    }\n}\n```';
    const result = await inProject(
      'junit',
      'src/main/java/example/numbers/Fraction.java',
      'other.bottom',
      answer,
    );
    assertPassed(result, 1);
    assertChanged(result, [
      [
        'import org.junit.jupiter.api.Test;',
        'import org.junit.jupiter.api.Test;\nimport static org.junit.jupiter.api.Assertions.assertThrows;',
      ],
      [
        '\n    }\n}\n',
        '\n    }\n\n    @Test\n    public void addsFractions2() {\n        assertThrows(IllegalArgumentException.class, () -> new Fraction(1, 0).plus(new Fraction(1, 1)));\n    }\n}\n',
      ],
    ]);
  });

  it('become a new class of the right name, package and imports', async () => {
    const answer =
      '```java\npackage com.example;\n\nimport com.example.Roman;\nimport org.junit.jupiter.api.*;\n\npublic class TestRoman {\n    @BeforeEach\n    void setUp() {}\n\n    @Test\n    void four() {\n        assertEquals("IV", Roman.of(4));\n        assertEquals(1, List.of(1).size());\n    }\n}\n```';
    const result = await inProject(
      'junit',
      'src/main/java/example/numbers/Roman.java',
      'StringBuilder',
      answer,
    );
    assertPassed(result, 1);
    const after = result.proposal?.after ?? '';
    assert.ok(after.startsWith('package example.numbers;\n\nimport '), after);
    assert.doesNotMatch(after, /com\.example/);
    assert.match(after, /import java\.util\.List;/);
    assert.match(
      after,
      /import static org\.junit\.jupiter\.api\.Assertions\.\*;\n\npublic class RomanTest \{\n {4}@BeforeEach/,
    );
  });

  it('become a new class with names of their own where they come without one', async () => {
    const test = (value: string) => `@Test\nvoid works() {\n    assertEquals("${value}", Roman.of(1));\n}\n`;
    const answer = `\`\`\`java\n${test('I')}\n${test('i')}\n${test('I')}\`\`\``;
    const result = await inProject(
      'junit',
      'src/main/java/example/numbers/Roman.java',
      'StringBuilder',
      answer,
    );
    assertPassed(result, 2);
    assert.match(
      result.proposal?.after ?? '',
      /class RomanTest \{\n {4}@Test\n {4}void works\(\) \{[\s\S]*\n {4}void works2\(\) \{/,
    );
  });

  it('become methods of an xUnit class', async () => {
    const answer =
      '```csharp\nusing Xunit;\nusing Shapes;\nusing System.Linq;\n\nnamespace MyTests\n{\n    public class CircleTests\n    {\n        [Fact]\n        public void ScaledDoubles()\n        {\n            Assert.Equal(2, new Circle(1).Scaled(2).Radius);\n        }\n    }\n}\n```';
    const result = await inProject('xunit', 'src/Shapes/Circle.cs', 'Radius * factor', answer);
    assertPassed(result, 1);
    assertChanged(result, [
      ['using Xunit;', 'using Xunit;\nusing System.Linq;'],
      [
        '\n    }\n}\n',
        '\n    }\n\n    [Fact]\n    public void ScaledDoubles()\n    {\n        Assert.Equal(2, new Circle(1).Scaled(2).Radius);\n    }\n}\n',
      ],
    ]);
  });

  it("become a new xUnit class in the project's namespace", async () => {
    const answer =
      '```csharp\n[Fact]\npublic void Square()\n{\n    Assert.True(Rectangle.IsSquare(1, 1));\n}\n```';
    const result = await inProject('xunit', 'src/Shapes/Flat/Rectangle.cs', '1e-9', answer);
    assertPassed(result, 1);
    assert.equal(
      result.proposal?.after,
      'using Shapes.Flat;\nusing Xunit;\n\nnamespace Shapes.Tests;\n\npublic class RectangleTests\n{\n    [Fact]\n    public void Square()\n    {\n        Assert.True(Rectangle.IsSquare(1, 1));\n    }\n}\n',
    );
  });

  it('become a new NUnit class in a namespace with braces, as the project writes it', async () => {
    const answer =
      '```csharp\nusing NUnit.Framework;\nusing Weather;\n\n[TestFixture]\npublic class WindTests\n{\n    [Test]\n    public void Calm()\n    {\n        Assert.That(Wind.Beaufort(0), Is.EqualTo(0));\n    }\n}\n```';
    const result = await inProject('nunit', 'Weather/Wind.cs', '0.836', answer);
    assertPassed(result, 1);
    assert.match(
      result.proposal?.after ?? '',
      /namespace Weather\.Tests\n\{\n {4}\[TestFixture\]\n {4}public class WindTests\n {4}\{\n {8}\[Test\]/,
    );
  });
});
