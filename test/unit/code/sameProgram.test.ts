import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, code, never, source } from './ask.ts';

async function same(languageId: string, before: string, after: string) {
  return answerOf(code.sameProgram(source(languageId, before), source(languageId, after), never));
}

const shop = `import { tax } from './tax.ts';

export class Cart {
  total = 0;
  @logged
  add(price: number, count = 1) {
    if (count < 1) throw new Error('no count');
    this.total += price * count;
    this.total = Math.round(this.total);
    return \`\${this.total} in all\`;
  }
}
`;

test('comments, white space and line ends are no change', async () => {
  const after = shop
    .replace('export class', '/**\n * A cart.\n */\nexport class')
    .replace('  add(', '  /** Adds. */\n  add(')
    .replace('if (', 'if /* why */ (')
    .replace("'no count');", "'no count'); // thrown")
    .replace('price * count', 'price\n      // times\n      * count')
    .replaceAll('\n', '\r\n');
  assert.deepEqual(await same('typescript', shop, after), { same: true, line: 0 });
});

test('every change of the program is found, with its line', async () => {
  const changes: readonly [string, string, number][] = [
    ['price * count', 'price + count', 8],
    ['count < 1', 'count <= 1', 7],
    ['Math.round', 'Math.floor', 9],
    ["'no count'", "'no  count'", 7],
    ['in all', 'in  all', 10],
    ['count = 1', 'count = 2', 6],
    ['    this.total = Math.round(this.total);\n', '', 9],
    ['@logged', '@timed', 5],
    ['  @logged\n', '', 5],
    ["'./tax.ts'", "'./tax.js'", 1],
    ['total = 0;', 'total = 0; /* open', 4],
    ['price: number', 'price: string', 6],
    ['export class', 'class', 3],
  ];
  for (const [from, to, line] of changes) {
    assert.ok(shop.includes(from), from);
    assert.deepEqual(await same('typescript', shop, shop.replace(from, to)), { same: false, line }, from);
  }
});

test('statements in another order are another program', async () => {
  const swapped = shop
    .replace('    this.total += price * count;\n', '')
    .replace('    return', '    this.total += price * count;\n    return');
  assert.deepEqual(await same('typescript', shop, swapped), { same: false, line: 8 });
});

test('a line break or a comment over lines that ends a statement is a change', async () => {
  assert.equal(
    (await same('javascript', 'function f() { return x; }', 'function f() { return\nx; }')).same,
    false,
  );
  assert.equal(
    (await same('javascript', 'function f() { return x; }', 'function f() { return /*\n*/ x; }')).same,
    false,
  );
  assert.equal(
    (await same('javascript', 'function f() { return x; }', 'function f() { return /* */ x; }')).same,
    true,
  );
  assert.equal((await same('javascript', 'a\n++b', 'a /* c */ ++\nb')).same, false);
  assert.equal(
    (
      await same(
        'go',
        'package p\nfunc f() int { return 1 }\n',
        'package p\nfunc f() int { return /*\n*/ 1 }\n',
      )
    ).same,
    false,
  );
});

test('a semicolon that the language puts in itself is a token that was added', async () => {
  assert.equal((await same('javascript', 'a()\nb()', 'a()\n// c\nb()')).same, true);
  assert.equal((await same('javascript', 'a()\nb()', 'a();\nb()')).same, false);
});

test('chains go on over comments', async () => {
  assert.equal(
    (await same('typescript', 'a\n  .b()\n  .c();', 'a\n  // first\n  .b()\n  /* then */\n  .c();')).same,
    true,
  );
});

test('JSX: comments in braces are comments, text is text', async () => {
  const before = 'const a = <p>\n  one {two}\n  <b/>\n</p>;';
  assert.equal(
    (await same('typescriptreact', before, before.replace('<b/>', '{/* three */}\n  <b/>'))).same,
    true,
  );
  assert.equal((await same('typescriptreact', before, before.replace('one', 'on e'))).same, false);
  assert.equal((await same('typescriptreact', before, before.replace('one', '/* one */'))).same, false);
  assert.equal((await same('typescriptreact', before, before.replace('{two}', '{/* two */}'))).same, false);
});

const python = `import os

class Cart(Base):
    total = 0

    def add(self, price, count=1):
        if count < 1:
            raise ValueError("no\\tcount")
        self.total += price * count
        return f"{self.total:>10} in all"

def empty():
    pass
`;

test('Python: docstrings count as comments, other strings and the indentation do not', async () => {
  const documented = python
    .replace('import os', '"""The shop."""\nimport os')
    .replace('    total = 0', '    """A cart."""\n    # sum\n    total = 0')
    .replace(
      '        if count',
      '        """Adds.\n\n        Args:\n            price: each.\n        """\n        if count',
    )
    .replace('    pass', '    """Nothing."""\n    pass');
  assert.deepEqual(await same('python', python, documented), { same: true, line: 0 });
  assert.deepEqual(await same('python', documented, python), { same: true, line: 0 });
  const changes: readonly [string, string, number][] = [
    ['        return f', '    return f', 10],
    ['        self.total +=', '            self.total +=', 9],
    ['no\\tcount', 'no\\ncount', 8],
    ['no\\tcount', 'no \\tcount', 8],
    [':>10}', ':>11}', 10],
    ['in all', 'in  all', 10],
    ['    total = 0', '    total = 0\n    """late"""', 5],
    ['    pass', '    """Nothing."""', 13],
    ['import os', '# import os', 3],
    ['import os', '"""The shop.\nimport os', 1],
    ['    total = 0', '    f"""{total}"""\n    total = 0', 4],
    ['    total = 0', '    b"bytes"\n    total = 0', 4],
  ];
  for (const [from, to, line] of changes)
    assert.deepEqual(await same('python', python, python.replace(from, to)), { same: false, line }, to);
});

test('Go: what the compiler reads in a comment is program', async () => {
  const go = 'package p\n\n//go:embed a.txt\nvar a string\n\nfunc F() {\n\tg()\n}\n';
  assert.equal((await same('go', go, go.replace('func F', '// F does.\nfunc F'))).same, true);
  assert.equal((await same('go', go, go.replace('a.txt', 'b.txt'))).same, false);
  assert.equal((await same('go', go, go.replace('//go:embed a.txt\n', ''))).same, false);
  assert.equal((await same('go', go, go.replace('\tg()\n', '\t// g()\n'))).same, false);
});

test('Java and C#: doc comments are comments, annotations and attributes are program', async () => {
  const java = 'class A {\n  @Override\n  int m(int a) { return a % 2; }\n}\n';
  assert.equal(
    (await same('java', java, java.replace('  @Override', '  /** M. */\n  @Override // o'))).same,
    true,
  );
  assert.deepEqual(await same('java', java, java.replace('@Override', '@Deprecated')), {
    same: false,
    line: 2,
  });
  assert.deepEqual(await same('java', java, java.replace('% 2', '/ 2')), { same: false, line: 3 });
  const csharp =
    'class A\n{\n    [Fact]\n    int M(int a) => a % 2;\n#if DEBUG\n    string S = @"a  b";\n#endif\n}\n';
  assert.equal(
    (await same('csharp', csharp, csharp.replace('    [Fact]', '    /// <summary>M.</summary>\n    [Fact]')))
      .same,
    true,
  );
  assert.deepEqual(await same('csharp', csharp, csharp.replace('Fact', 'Theory')), { same: false, line: 3 });
  assert.equal((await same('csharp', csharp, csharp.replace('DEBUG', 'TRACE'))).same, false);
  assert.equal((await same('csharp', csharp, csharp.replace('a  b', 'a b'))).same, false);
});

test('texts of different languages are different programs, of TypeScript in two ids the same', async () => {
  assert.equal(
    (await answerOf(code.sameProgram(source('python', 'a'), source('go', 'a'), never))).same,
    false,
  );
  assert.equal(
    (await answerOf(code.sameProgram(source('javascript', 'a'), source('javascriptreact', 'a'), never))).same,
    true,
  );
});

test('broken code is compared as it stands', async () => {
  const broken = 'function f( {\n  const = 1;\n';
  assert.equal((await same('typescript', broken, broken)).same, true);
  assert.equal((await same('typescript', broken, broken.replace('1', '2'))).same, false);
});

test('an empty text is the same as one of comments alone', async () => {
  assert.deepEqual(await same('javascript', '', '// only\n/* these */'), { same: true, line: 0 });
  assert.deepEqual(await same('javascript', '', 'a'), { same: false, line: 1 });
  assert.deepEqual(await same('javascript', 'b;\na;', 'b;'), { same: false, line: 1 });
});

test('code that a comment seems to hold, but a compiler does not take for comment, is a change', async () => {
  const hidden: readonly [string, string, string][] = [
    ['python', 'a()\n', 'a()  # note\r evil()\n'],
    ['csharp', 'class A { }\n', 'class A { } // note\u2028 class B { }\n'],
    ['java', 'class A { }\n', 'class A { } // note \\u000a class B { }\n'],
    ['java', 'class A { }\n', '/** note \\u002a\\u002f class B { } */ class A { }\n'],
    ['java', 'class A { }\n', 'class A { } // note\r class B { }\n'],
    ['javascript', 'a()\n', 'a() // note\u2028 evil()\n'],
    ['javascript', 'a()\n', 'a() // note\r evil()\n'],
    ['javascript', 'a < b\n', 'a < b <!-- c\n'],
    ['typescriptreact', 'const a = <b />;\n', '/** @jsx evil */\nconst a = <b />;\n'],
    ['go', 'package p\n\nimport "C"\n', 'package p\n\n// void evil() {}\nimport "C"\n'],
    ['python', 'a = 1\n', '# -*- coding: rot13 -*-\na = 1\n'],
    ['javascript', 'a()\n', 'a() /* \0 */\n'],
    ['javascript', 'function f() { return 1 }', 'function f() { return /* \u2028 */ 1 }'],
  ];
  for (const [languageId, before, after] of hidden)
    assert.equal((await same(languageId, before, after)).same, false, JSON.stringify(after));
});

test('the shapes of strings that a file keeps over CRLF and LF are the same', async () => {
  const python = 'import a, \\\n  b\nx = """one\ntwo"""\ny = ("a"\n  "b")\n';
  assert.equal((await same('python', python, python.replaceAll('\n', '\r\n'))).same, true);
  const script = '#!/usr/bin/env node\nconst a = `one\ntwo`;\n';
  assert.equal((await same('javascript', script, script.replaceAll('\n', '\r\n'))).same, true);
  const go = '//go:build linux\n\npackage p\n\nvar a = `one\ntwo`\n';
  assert.equal((await same('go', go, go.replaceAll('\n', '\r\n'))).same, true);
});
