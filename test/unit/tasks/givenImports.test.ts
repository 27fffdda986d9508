import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addedImports, withoutImports } from '../../../src/tasks/code/givenImports.ts';

function added(before: string, answer: string, languageId: string): string {
  const found = addedImports(before, answer, withoutImports(answer, languageId), languageId);
  return found ? before.slice(0, found.at) + found.text + before.slice(found.at) : before;
}

describe('imports that come with a function', () => {
  it('go behind those of the file, once', () => {
    const file = "import { b } from './b.js';\n\nexport const limit = b;\n";
    const answer =
      "import { b } from './b.js';\nimport {\n  join,\n} from 'node:path';\n\nfunction f() {\n  return join(b);\n}";
    assert.equal(
      added(file, answer, 'typescript'),
      "import { b } from './b.js';\nimport {\n  join,\n} from 'node:path';\n\nexport const limit = b;\n",
    );
  });

  it('bind no name that the file has bound, and none that the function does not use', () => {
    const file = "import { a } from './a';\n\nlet x;\n";
    assert.equal(
      added(file, "import { a, b } from './a';\nimport c from './c';\n\nf(a, b);", 'typescript'),
      "import { a } from './a';\nimport { b } from './a';\n\nlet x;\n",
    );
    assert.equal(added(file, 'import { a } from "./a"\n\nf(a);', 'typescript'), file);
  });

  it('stand below a docstring, a package and a licence', () => {
    assert.equal(
      added('"""What it is.\n\nMore.\n"""\n\nx = 1\n', 'import math\n\nmath.pi', 'python'),
      '"""What it is.\n\nMore.\n"""\n\nimport math\n\nx = 1\n',
    );
    assert.equal(
      added('/*\n * Licence\n */\npackage p;\n\nclass A {}\n', 'import java.util.Map;\n\nMap.of();', 'java'),
      '/*\n * Licence\n */\npackage p;\n\nimport java.util.Map;\n\nclass A {}\n',
    );
    assert.equal(
      added('"""Doc."""\nfrom __future__ import annotations\n', 'import math\nmath.pi', 'python'),
      '"""Doc."""\nfrom __future__ import annotations\nimport math\n',
    );
  });

  it('of Go come one by one out of their block', () => {
    const answer = 'import (\n\t"fmt"\n\tstr "strings"\n)\n\nfunc F() { fmt.Println(str.ToUpper("a")) }';
    assert.equal(
      added('package a\n\nimport "fmt"\n\nvar x = 1\n', answer, 'go'),
      'package a\n\nimport "fmt"\nimport str "strings"\n\nvar x = 1\n',
    );
    assert.equal(
      added('package a\n\nimport (\n\t"fmt"\n)\n', answer, 'go'),
      'package a\n\nimport (\n\t"fmt"\n)\nimport str "strings"\n',
    );
  });

  it('keep the line ends and the mark of the file', () => {
    assert.equal(
      added('\uFEFFusing System;\r\n\r\nclass A {}\r\n', 'using System.Linq;\n\nF();', 'csharp'),
      '\uFEFFusing System;\r\nusing System.Linq;\r\n\r\nclass A {}\r\n',
    );
    assert.equal(
      added('\uFEFFlet x;\n', "import a from 'a';\n\na();", 'javascript'),
      "\uFEFFimport a from 'a';\n\nlet x;\n",
    );
  });

  it('are none in a language that has no such form', () => {
    assert.equal(added('a: 1\n', 'import a\n\na', 'yaml'), 'a: 1\n');
    assert.equal(withoutImports('import a\n\nb', 'yaml'), 'import a\n\nb');
  });

  it('once added are not added again', () => {
    const line = fc.constantFrom(
      "import { a } from './a';",
      "import { a, g } from './a';",
      "import b, { c as d } from 'b';",
      "import * as e from 'e';",
      "const f = require('f');",
      '// a remark',
      '',
    );
    const text = fc.array(line, { maxLength: 8 }).map((lines) => `${lines.join('\n')}\n\n`);
    fc.assert(
      fc.property(text, text, (file, answer) => {
        const whole = `${answer}h(a, b, d, e, f, g);`;
        const once = added(`${file}let x;\n`, whole, 'typescript');
        assert.equal(added(once, whole, 'typescript'), once);
      }),
    );
  });

  it('take nothing from the file, whatever is in it', () => {
    const piece = fc.constantFrom(
      'import ',
      '{',
      '}',
      '"""',
      '/*',
      '*/',
      'from ',
      "'a'",
      '\n',
      'use a;',
      '#include <a>\n',
    );
    const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom('typescript', 'python', 'go', 'cpp', 'rust'),
        (file, answer, id) => {
          const found = addedImports(file, answer, 'a', id);
          if (!found) return;
          assert.ok(found.at >= 0 && found.at <= file.length && found.text.trim() !== '');
          assert.ok(found.at === 0 || file[found.at - 1] === '\n' || found.at === file.length);
        },
      ),
    );
  });
});
