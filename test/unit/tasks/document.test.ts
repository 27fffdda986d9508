import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { DocumentPlan } from '../../../src/tasks/document/documentPlan.ts';
import {
  answered,
  failureOf,
  judged,
  never,
  prepared,
  promptOf,
  requestOf,
  targetOf,
  tasks,
  tools,
} from './ask.ts';

const ts =
  'const rate = 2;\n\nexport function area(width: number, height = 1) {\n  return width * ¦height * rate;\n}\n';
const comment =
  '/**\n * Area of a rectangle.\n *\n * @param width - in metres\n * @param height - in metres\n * @returns square metres\n */';
const commented = ts.replace('¦', '').replace('export', `${comment}\nexport`);
const file = (text: string) => targetOf('/project/area.ts', text);

describe('the question for a comment', () => {
  it('shows the function alone, and a form with its own parameters', async () => {
    const draft = await prepared('document', requestOf('', { target: file(ts) }));
    const prompt = promptOf(draft, 'user');
    assert.match(prompt, /The function from `area\.ts`, line 3:\n```typescript\nexport function area/);
    assert.doesNotMatch(prompt, /const rate/);
    assert.match(prompt, /Write the TSDoc comment for the function `area`/);
    assert.match(prompt, /@param width - <\.\.\.>\n \* @param height - <\.\.\.>\n \* @returns <\.\.\.>/);
    assert.equal(draft.held, true);
    assert.deepEqual(draft.paths, ['/project/area.ts']);
  });

  it('shows the comment that is there already, and asks for one in its place', async () => {
    const prompt = promptOf(
      await prepared(
        'document',
        requestOf('', { target: file(ts.replace('export', '/** Old words. */\nexport')) }),
      ),
      'user',
    );
    assert.match(prompt, /Old words/);
  });

  it('asks in the style that the file has: reST in a Python file that uses it', async () => {
    const text = 'def a(x):\n    """A.\n\n    :param x: the x\n    """\n\ndef b(y):\n    return ¦y\n';
    const prompt = promptOf(
      await prepared('document', requestOf('', { target: targetOf('/project/a.py', text) })),
      'user',
    );
    assert.match(prompt, /:param y: <\.\.\.>/);
  });

  it('fails where neither a function nor a selection is meant', async () => {
    assert.deepEqual(await failureOf('document', requestOf('', { target: file('¦const a = 1;\n') })), {
      code: 'nothingSelected',
      params: { languageId: 'typescript' },
    });
    assert.equal(
      (await failureOf('document', requestOf('', { target: targetOf('/project/a.lua', 'a = 1¦') }))).code,
      'nothingSelected',
    );
  });
});

describe('the answer to it', () => {
  const answers: Record<string, string> = {
    'the comment alone': comment,
    'the comment in a fence': `\`\`\`typescript\n${comment}\n\`\`\``,
    'the function with its comment': `Here you go:\n\`\`\`ts\n${comment}\nexport function area(width: number, height = 1) {\n  return width * height * rate;\n}\n\`\`\`\nIt says what it does.`,
    'the whole file with a comment of its own at the top': `\`\`\`ts\n/**\n * Shapes and what they cover.\n * @packageDocumentation\n */\nconst rate = 2;\n\n${comment}\nexport function area(width: number, height = 1) {\n  return width * height * rate;\n}\n\`\`\``,
    'the comment without a fence, between sentences': `Sure, here it is:\n\n${comment}\n\nLet me know!`,
    'line comments': `\`\`\`ts\n${comment.replace('/**\n', '').replace('\n */', '').replaceAll(/^ \*/gm, '//')}\n\`\`\``,
    'words with tags and no marks at all': `\`\`\`\n${comment
      .replace('/**\n', '')
      .replace('\n */', '')
      .replaceAll(/^ \* ?/gm, '')}\n\`\`\``,
    'an indented comment with Windows line ends': comment.replaceAll(/^/gm, '    ').replaceAll('\n', '\r\n'),
  };
  for (const [name, answer] of Object.entries(answers)) {
    it(`becomes the comment above the function when it is ${name}`, async () => {
      const { proposal, verdict } = await answered('document', file(ts), answer);
      assert.equal(proposal?.after, commented);
      assert.deepEqual(verdict, {
        kind: 'passed',
        findings: [
          { code: 'sameProgram', params: {} },
          { code: 'paramsDocumented', params: { count: 2 } },
        ],
      });
      assert.equal(proposal?.before, ts.replace('¦', ''));
      assert.equal(proposal?.uri, 'file:///project/area.ts');
    });
  }

  const bad: readonly (readonly [string, string, string])[] = [
    ['names a parameter that does not exist', comment.replace('height', 'depth'), 'paramUnknown'],
    ['leaves a parameter out', comment.replace(/ \* @param height.*\n/, ''), 'paramMissing'],
    ['is our own form, unfilled', comment.replace('in metres', '<...>'), 'placeholder'],
    ['says TODO', comment.replace('Area of a rectangle.', 'TODO: describe'), 'placeholder'],
    ['describes a parameter with nothing', comment.replace(' - in metres', ''), 'placeholder'],
    ['is code without a comment', '```ts\nexport function area(w, h) { return w * h; }\n```', 'notAComment'],
    ['only talks', 'The function multiplies width and height.', 'notAComment'],
    ['is cut in mid-comment', '```ts\n/**\n * Area of a\n', 'cutShort'],
    ['is nothing', '  \n', 'emptyAnswer'],
    ['is an empty comment', '```ts\n/**\n * @returns\n */\n```', 'emptyAnswer'],
    ['declines', "I'm sorry, but I can't help with that.", 'refusal'],
    ['repeats itself', 'The function is written in TypeScript, a typed language. '.repeat(9), 'repeats'],
  ];
  for (const [name, answer, code] of bad) {
    it(`is refused with "${code}" when it ${name}`, async () => {
      const { verdict } = await answered('document', file(ts), answer);
      assert.equal(verdict.kind, 'failed');
      assert.ok(
        verdict.findings.some((finding) => finding.code === code),
        JSON.stringify(verdict.findings),
      );
    });
  }

  it('never changes code, even when the model did: only its comment is taken', async () => {
    const { proposal } = await answered(
      'document',
      file(ts),
      `${comment}\nexport function area() { return process.exit(); }`,
    );
    assert.equal(proposal?.after, commented);
  });

  it('goes above decorators and takes the place of the old comment', async () => {
    const before = 'class A {\n\t/** Old. */\n\t@log()\n\tasync run(¦task: string) {\n\t}\n}\n';
    const { proposal, verdict } = await answered(
      'document',
      targetOf('/project/a.ts', before),
      '/**\n * Runs it.\n * @param task - its name\n */',
    );
    assert.equal(
      proposal?.after,
      'class A {\n\t/**\n\t * Runs it.\n\t * @param task - its name\n\t */\n\t@log()\n\tasync run(task: string) {\n\t}\n}\n',
    );
    assert.equal(verdict.kind, 'passed');
  });

  it('goes above the line where the function is in the middle of one', async () => {
    const before = 'start(); function inner(¦a) { return a; }\n';
    const { proposal, verdict } = await answered(
      'document',
      targetOf('/project/a.js', before),
      '/**\n * Same.\n * @param {number} a - it\n * @returns {number} it\n */',
    );
    assert.ok(proposal?.after.startsWith('/**\n * Same.'));
    assert.equal(verdict.kind, 'passed');
  });

  it('keeps Windows line ends and a byte order mark', async () => {
    const before = '\uFEFFfunction go(¦) {\r\n  run();\r\n}\r\n';
    const { proposal } = await answered('document', targetOf('/project/a.js', before), '/** Goes. */');
    assert.equal(proposal?.after, '\uFEFF/**\r\n * Goes.\r\n */\r\nfunction go() {\r\n  run();\r\n}\r\n');
  });

  it('takes one name for a destructured parameter, and its parts', async () => {
    const before = 'export function open({ path, mode }: Options, ¦deep: boolean) {}\n';
    const answer =
      '/**\n * Opens.\n * @param options - what\n * @param options.path - where\n * @param deep - all of it\n */';
    const { verdict } = await answered('document', file(before), answer);
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
  });

  it("takes any name for a component's props, even when only one is bound", async () => {
    const before = 'export const Badge: FC<Props> = ({ text }) => <b>¦{text}</b>;\n';
    const target = targetOf('/project/a.tsx', before);
    const prompt = promptOf(await prepared('document', requestOf('', { target })), 'user');
    assert.match(prompt, /@param options - <\.\.\.>/);
    for (const name of ['props', 'text', 'options']) {
      const { verdict } = await answered(
        'document',
        target,
        `/**\n * Shows it.\n * @param ${name} - what to show\n */`,
      );
      assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    }
    const { verdict } = await answered('document', target, '/**\n * Shows it.\n */');
    assert.deepEqual(verdict.findings, [{ code: 'paramMissing', params: { name: 'text' } }]);
  });

  it('is not believed where the file did not parse before', async () => {
    const { verdict, proposal } = await answered('document', file(`${ts}\nconst = ;\n`), comment);
    assert.equal(verdict.kind, 'notChecked');
    assert.equal(verdict.findings[0]?.code, 'fileHadErrors');
    assert.ok(proposal);
  });

  it('is marked unchecked in a language without grammar, and goes above the selection', async () => {
    const target = targetOf('/project/a.lua', 'x = 1\n\n  «function add(a, b)\n    return a + b\n  end»\n');
    const { verdict, proposal } = await answered(
      'document',
      target,
      '```lua\n--- Adds a and b.\nfunction add(a, b)\nend\n```',
    );
    assert.deepEqual(verdict, {
      kind: 'notChecked',
      findings: [{ code: 'noGrammar', params: { languageId: 'lua' } }],
    });
    assert.equal(
      proposal?.after,
      'x = 1\n\n  --- Adds a and b.\n  function add(a, b)\n    return a + b\n  end\n',
    );
  });

  it('of a file that is too large is text, with nothing to apply', async () => {
    const target = targetOf('/project/a.ts', '«function a() {}»', { partial: true });
    const { verdict, proposal, text } = await answered('document', target, '/** A. */');
    assert.equal(verdict.findings[0]?.code, 'tooLargeToParse');
    assert.equal(proposal, undefined);
    assert.match(text, /\/\*\*\n \* A\.\n \*\//);
  });

  it('is not checked where the code worker is broken, and nothing is thrown', async () => {
    const draft = await prepared('document', requestOf('', { target: file(ts) }));
    const broken = {
      ...tools,
      code: {
        ...tools.code,
        supports: () => true,
        parse: () => Promise.reject(new Error('gone')),
        sameProgram: () => Promise.reject(new Error('gone')),
      },
    };
    const { verdict, proposal } = await tasks.judge(draft, comment, broken, never);
    assert.equal(verdict.kind, 'notChecked');
    assert.equal(verdict.findings[0]?.code, 'verifierFailed');
    assert.equal(proposal?.after, commented);
  });

  it('survives a copy between processes together with its plan', async () => {
    const draft = structuredClone(await prepared('document', requestOf('', { target: file(ts) })));
    assert.equal((draft.plan as DocumentPlan).form, 'document');
    assert.equal((await judged(draft, comment)).verdict.kind, 'passed');
  });

  it('holding any words whatever leaves the program as it is', async () => {
    const draft = await prepared('document', requestOf('', { target: file(ts) }));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (words) => {
        const { proposal } = await judged(
          draft,
          `/**\n * ${words}\n * @param width - w\n * @param height - h\n */`,
        );
        if (!proposal) return;
        const same = await tools.code.sameProgram(
          { languageId: 'typescript', text: proposal.before ?? '' },
          { languageId: 'typescript', text: proposal.after },
          never,
        );
        assert.ok(same.ok && same.value.same);
      }),
      { numRuns: 30 },
    );
  });
});

describe('in Python', () => {
  const python = (text: string) => targetOf('/project/a.py', text);
  const doc =
    '"""Adds.\n\n    Args:\n        a: one\n        b: two\n\n    Returns:\n        The sum.\n    """';

  it('the docstring goes inside, at the indent of the body', async () => {
    const before = '@cache\ndef add(a, *b):  # noqa\n  # why\n  return ¦a\n';
    const { proposal, verdict } = await answered(
      'document',
      python(before),
      `\`\`\`python\ndef add(a, *b):\n    ${doc}\n    return a\n\`\`\``,
    );
    assert.equal(
      proposal?.after,
      '@cache\ndef add(a, *b):  # noqa\n  """Adds.\n\n  Args:\n      a: one\n      b: two\n\n  Returns:\n      The sum.\n  """\n  # why\n  return a\n',
    );
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
  });

  it('a docstring that is there is replaced', async () => {
    const before = 'class A:\n    def go(self):\n        """Old."""\n        ¦run()\n';
    const { proposal, verdict } = await answered('document', python(before), '"""Goes."""');
    assert.equal(proposal?.after, 'class A:\n    def go(self):\n        """Goes."""\n        run()\n');
    assert.equal(verdict.kind, 'passed');
  });

  it('a function on one line gets a body of its own', async () => {
    const { proposal, verdict } = await answered('document', python('def one(): return ¦1\n'), '"""One."""');
    assert.equal(proposal?.after, 'def one():\n    """One."""\n    return 1\n');
    assert.equal(verdict.kind, 'passed');
  });

  it('a backslash or a quote in the words does no harm', async () => {
    const { proposal, verdict } = await answered(
      'document',
      python('def a():\n    ¦go()\n'),
      '"""Splits at \\d and says "go\\""""',
    );
    assert.match(proposal?.after ?? '', /r"""Splits at/);
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
  });

  for (const [style, body] of [
    ['reST', 'Adds.\n\n    :param int a: one\n    :param b: two\n    '],
    [
      'numpy',
      'Adds.\n\n    Parameters\n    ----------\n    a : int\n        one\n    b\n        two\n\n    Returns\n    -------\n    int\n    ',
    ],
    [
      'Google with types',
      'Adds.\n\n    Args:\n        a (int): one: the first\n          goes on here\n        b (dict[str, int]): two\n    ',
    ],
  ]) {
    it(`parameters are read in the ${style} style`, async () => {
      const { verdict } = await answered(
        'document',
        python('def add(a, b):\n    return ¦a\n'),
        `"""${body}"""`,
      );
      assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    });
  }
});

describe('in Go, Java and C#', () => {
  it('a Go comment begins with the name', async () => {
    const before = 'package a\n\nfunc (c *C) Add(¦n int) int {\n\treturn n\n}\n';
    for (const answer of [
      '// Add adds n.',
      '```go\n// Adds n.\n```',
      '/* This function adds n. */',
      '```go\n// Add adds n.\nfunc (c *C) Add(n int) int { return n }\n```',
    ]) {
      const { proposal, verdict } = await answered('document', targetOf('/project/a.go', before), answer);
      assert.equal(verdict.kind, 'passed', `${answer}: ${JSON.stringify(verdict)}`);
      assert.match(proposal?.after ?? '', /\n\/\/ Add adds n\.\nfunc \(c \*C\) Add/);
    }
  });

  it("Javadoc goes above annotations at the method's indent", async () => {
    const before = 'class A {\n    @Override\n    public int add(int ¦a) {\n        return a;\n    }\n}\n';
    const { proposal, verdict } = await answered(
      'document',
      targetOf('/project/A.java', before),
      '```java\n/**\n * Adds.\n *\n * @param a the number\n * @return the sum\n */\npublic int add(int a) { return a; }\n```',
    );
    assert.match(
      proposal?.after ?? '',
      /^class A \{\n {4}\/\*\*\n {5}\* Adds\.\n {5}\*\n {5}\* @param a the number\n {5}\* @return the sum\n {5}\*\/\n {4}@Override/,
    );
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
  });

  it('a C# comment is XML, and plain words are put into a summary', async () => {
    const before = 'class A\n{\n    [Pure]\n    public int Add(int ¦a) => a;\n}\n';
    const good =
      '/// <summary>Adds.</summary>\n/// <param name="a">The number.</param>\n/// <returns>The sum.</returns>';
    const { proposal, verdict } = await answered('document', targetOf('/project/A.cs', before), good);
    assert.match(
      proposal?.after ?? '',
      /\{\n {4}\/\/\/ <summary>Adds\.<\/summary>\n {4}\/\/\/ <param name="a">/,
    );
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    const plain = await answered(
      'document',
      targetOf('/project/A.cs', before),
      '/**\n * Adds.\n * @param a The number.\n */',
    );
    assert.match(
      plain.proposal?.after ?? '',
      /\/\/\/ <summary>\n {4}\/\/\/ Adds\.\n {4}\/\/\/ <\/summary>\n {4}\/\/\/ <param name="a">The number\.<\/param>/,
    );
  });
});

describe('in Rust, Ruby, PHP and C++', () => {
  const cases = [
    {
      path: '/project/a.rs',
      before: '#[inline]\npub fn add(a: i32, b: i32) -> i32 {\n    ¦a + b\n}\n',
      answer:
        '```rust\n/// Adds two numbers.\n///\n/// # Arguments\n/// * `a` - The first.\n/// * `b` - The second.\n```',
      first: '/// Adds two numbers.\n',
      wrong: ['* `b`', '* `c`'],
    },
    {
      path: '/project/a.rb',
      before: 'class A\n  def add(a, b = 1)\n    ¦a + b\n  end\nend\n',
      answer:
        '```ruby\n# Adds two numbers.\n#\n# @param a [Integer] The first.\n# @param b [Integer] The second.\n# @return [Integer] The sum.\n```',
      first: '  # Adds two numbers.\n',
      wrong: ['@param b', '@param c'],
    },
    {
      path: '/project/a.php',
      before: '<?php\nfunction add(int $a, int ...$b): int\n{\n    ¦return $a;\n}\n',
      answer:
        '/**\n * Adds two numbers.\n *\n * @param int $a The first.\n * @param int ...$b The others.\n * @return int The sum.\n */\nfunction add(int $a, int ...$b): int',
      first: '/**\n * Adds two numbers.\n',
      wrong: ['...$b The', '...$c The'],
    },
    {
      path: '/project/a.cpp',
      before: 'template <typename T>\nT add(const T& a, T b) {\n  ¦return a + b;\n}\n',
      answer:
        '```cpp\n/**\n * Adds two numbers.\n * @param[in] a The first.\n * @param b The second.\n * @return The sum.\n */\n```',
      first: '/**\n * Adds two numbers.\n',
      wrong: ['@param b', '@param c'],
    },
  ] as const;
  it('of a Rust comment without a section of arguments none is said to be described', async () => {
    const { path, before } = cases[0];
    const { verdict } = await answered('document', targetOf(path, before), '/// Adds two numbers.');
    assert.deepEqual(verdict, { kind: 'passed', findings: [{ code: 'sameProgram', params: {} }] });
  });

  for (const { path, before, answer, first, wrong } of cases) {
    it(`${path.split('.').at(-1)}: the comment goes above the function and is checked`, async () => {
      const { verdict, proposal } = await answered('document', targetOf(path, before), answer);
      assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
      const plain = before.replace('¦', '');
      const after = proposal?.after ?? '';
      const at = after.indexOf(first);
      assert.ok(at >= 0, after);
      assert.ok(plain.startsWith(after.slice(0, at)) && plain.endsWith(after.slice(-20)), after);
    });
    it(`${path.split('.').at(-1)}: a parameter that is not there is found`, async () => {
      const spoilt = answer.replace(wrong[0], wrong[1]);
      assert.notEqual(spoilt, answer);
      const { verdict } = await answered('document', targetOf(path, before), spoilt);
      assert.deepEqual(
        verdict.findings.map(({ code }) => code),
        ['paramUnknown', 'paramMissing'],
      );
    });
    it(`${path.split('.').at(-1)}: the form that is asked for names each parameter`, async () => {
      const target = targetOf(path, before);
      const asked = promptOf(await prepared('document', requestOf('', { target })), 'user');
      if (!path.endsWith('rs')) assert.match(asked, /@param [^\n]*\bb\b/);
      else assert.match(asked, /\/\/\/ <\.\.\.>/);
    });
  }
});
