import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Code } from '../src/code/code.ts';
import { askedOf, type Case, fenced } from './case.ts';
import type { Sample } from './functions.ts';

/** A test file in pieces, so that each can be spoilt by itself. */
interface Written {
  readonly imports: readonly string[];
  readonly open: string;
  readonly close: string;
  readonly test: (name: string, body: readonly string[]) => string;
  readonly call: string;
  readonly check: (call: string) => string;
  /** An assertion that nothing can make fail. */
  readonly idle: string;
}

const clocks: Readonly<Record<string, { readonly read: readonly string[]; readonly sleep: string }>> = {
  typescript: {
    read: ['const began = Date.now()', 'expect(Date.now() - began).toBeLessThan(5)'],
    sleep: 'new Promise((done) => setTimeout(done, 1000))',
  },
  javascript: {
    read: ['const today = new Date()', 'assert.equal(today.getFullYear(), 2024)'],
    sleep: 'new Promise((done) => setTimeout(done, 1000))',
  },
  python: {
    read: ['import datetime', 'assert datetime.date.today().year == 2024'],
    sleep: 'import time; time.sleep(1)',
  },
  java: {
    read: ['long began = System.currentTimeMillis()', 'assertTrue(began > 1700000000000L)'],
    sleep: 'Thread.sleep(1000)',
  },
  go: { read: ['began := time.Now()', '_ = began'], sleep: 'time.Sleep(time.Second)' },
};

/** Answers to "test this": plain tests of the function and its package's own, and the plain ones spoilt. */
export async function testCases(sample: Sample, _code: Code): Promise<Case[]> {
  const { language, path, text, unit } = sample;
  const isOffered =
    unit.exported ||
    language === 'python' ||
    language === 'go' ||
    new RegExp(`module\\.exports = ${unit.name}\\b`).test(text);
  const isPlain = unit.kind === 'function' && unit.owner === undefined && unit.indent === '';
  const isStatic =
    language === 'java' &&
    unit.owner === basename(path, '.java') &&
    /^\s*public static\b/m.test(text.slice(unit.signature.start, unit.signature.end));
  if (!(isPlain && isOffered) && !isStatic) return [];
  if (/^_|^main$|^test/i.test(unit.name)) return [];
  const written = writtenFor(sample);
  if (!written) return [];
  const asked = { task: 'tests' as const, ...askedOf(sample, text, unit.span.start) };
  const cases: Case[] = [];
  const add = (right: boolean, kind: string, answer: string) =>
    cases.push({ kind, right, asked: { ...asked, answer } });
  const file = ({ imports, open, close }: Written, tests: readonly string[]) =>
    `${imports.join('\n')}\n\n${open}${tests.join('\n\n')}${close}`;
  const { test, call, check, idle } = written;
  const good = [test('gives a value', [check(call)]), test('gives it again', [check(call)])];
  const whole = file(written, good);
  add(true, 'plain tests', fenced(whole, language));
  add(
    true,
    'plain tests, talk around',
    `Here are the tests:\n\n${fenced(whole, language)}\n\nRun them with your usual command.`,
  );
  const own = ownTests(sample);
  if (own !== undefined) add(true, "the package's own", fenced(own, language));

  const spoilt = (kind: string, tests: readonly string[]) =>
    add(false, kind, fenced(file(written, tests), language));
  spoilt('assertion that cannot fail', [good[0] ?? '', test('is true', [idle])]);
  spoilt('asserts nothing', [test('runs', [language === 'go' ? `_ = ${call}` : call])]);
  spoilt('another function called', [
    test('gives a value', [check(call.replace(unit.name, 'computeItAll'))]),
  ]);
  spoilt('target not called', [test('adds', [check('1')])]);
  const clock = clocks[language];
  // Where the code has to do with time its tests may too.
  if (clock && !/date|time|clock|now|sleep|delay|async|await|Promise|thread|lock|interval/i.test(text)) {
    spoilt('real clock', [test('gives a value', [...clock.read, check(call)])]);
    spoilt('sleeps', [test('gives a value', [clock.sleep, check(call)])]);
  }
  if (language !== 'go' && language !== 'java')
    spoilt('unknown name', [test('gives a value', [check(call.replace(/\(.*$/, '(preparedInputValue)'))])]);
  add(false, 'syntax error', fenced(whole.replace(/\)(?=[^)]*$)/, ''), language));
  add(false, 'fence cut', fenced(whole, language).slice(0, -Math.floor(whole.length * 0.35)));
  add(false, 'no test', fenced(written.imports.join('\n'), language));
  add(false, 'prose alone', `You could test ${unit.name} with an empty value and with a large one.`);
  add(false, 'apology', "I'm sorry, but I can't write tests for this.");
  add(
    false,
    'placeholder',
    fenced(file(written, [test('gives a value', [check(call.replace(/\(.*$/, '(...)'))])]), language),
  );
  add(
    false,
    'other language',
    language === 'python'
      ? fenced(`test('x', () => { expect(${unit.name}()).toBe(1); });`, 'javascript')
      : fenced(`def test_x():\n    assert ${unit.name}() == 1`, 'python'),
  );
  if (/script$/.test(language))
    add(
      false,
      'import of what is not there',
      fenced(
        file(
          {
            ...written,
            imports: [
              ...written.imports,
              language === 'javascript'
                ? "const { setUp } = require('./noSuchFile.js');"
                : "import { setUp } from './noSuchFile';",
            ],
          },
          [test('gives a value', ['setUp()', check(call)])],
        ),
        language,
      ),
    );
  return cases;
}

function writtenFor({ language, path, unit }: Sample): Written | undefined {
  const { name } = unit;
  const call = `${name}(${unit.parameters.map((_, index) => index + 1).join(', ')})`;
  const stem = basename(path, extname(path));
  if (language === 'javascript')
    return {
      imports: [
        "const assert = require('node:assert/strict');",
        "const { describe, it } = require('node:test');",
        path.includes('lodash')
          ? `const ${name} = require('./${stem}.js');`
          : `const { ${name} } = require('./${stem}.js');`,
      ],
      open: `describe('${name}', () => {\n`,
      close: '\n});',
      test: (title, body) =>
        `  it('${title}', () => {\n${body.map((line) => `    ${line};`).join('\n')}\n  });`,
      call,
      check: (text) => `assert.equal(${text}, 3)`,
      idle: 'assert.ok(true)',
    };
  if (/script$/.test(language))
    return {
      imports: [
        "import { describe, expect, it } from 'vitest';",
        language === 'javascript' && path.includes('lodash')
          ? `import ${name} from './${stem}.js';`
          : `import { ${name} } from './${stem}';`,
      ],
      open: `describe('${name}', () => {\n`,
      close: '\n});',
      test: (title, body) =>
        `  it('${title}', () => {\n${body.map((line) => `    ${line};`).join('\n')}\n  });`,
      call,
      check: (text) => `expect(${text}).toBe(3)`,
      idle: 'expect(true).toBe(true)',
    };
  if (language === 'python')
    return {
      imports: [`from ${path.replace(/\.py$/, '').replaceAll('/', '.')} import ${name}`],
      open: '\n',
      close: '\n',
      test: (title, body) =>
        `def test_${title.replaceAll(' ', '_')}():\n${body.map((line) => `    ${line}`).join('\n')}\n`,
      call,
      check: (text) => `assert ${text} == 3`,
      idle: 'assert True',
    };
  if (language === 'java') {
    const subject = basename(path, '.java');
    return {
      imports: [
        `package ${dirname(path).replaceAll('/', '.')};`,
        '',
        'import org.junit.jupiter.api.Test;',
        'import static org.junit.jupiter.api.Assertions.*;',
      ],
      open: `class ${subject}Test {\n`,
      close: '\n}',
      test: (title, body) =>
        `    @Test\n    void ${title.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase())}() {\n${body.map((line) => `        ${line};`).join('\n')}\n    }`,
      call: `${subject}.${call}`,
      check: (text) => `assertEquals(3, ${text})`,
      idle: 'assertTrue(true)',
    };
  }
  if (language !== 'go') return undefined;
  return {
    imports: [`package ${basename(dirname(path))}`, '', 'import "testing"'],
    open: '',
    close: '\n',
    test: (title, body) =>
      `func Test${name[0]?.toUpperCase()}${name.slice(1)}${title.replace(/\W/g, '')}(t *testing.T) {\n${body.map((line) => `\t${line}`).join('\n')}\n}`,
    call,
    check: (text) => `if got := ${text}; got != 3 {\n\t\tt.Errorf("got %v", got)\n\t}`,
    idle: 't.Log("done")',
  };
}

/** The package's own test file where it names the function. */
function ownTests({ language, root, path, unit }: Sample): string | undefined {
  const stem = basename(path, extname(path));
  const beside =
    language === 'python'
      ? join('tests', `test_${stem}.py`)
      : language === 'go'
        ? `${stem}_test.go`
        : undefined;
  const file = beside && join(root, dirname(path), beside);
  if (!file || !existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  // A test that only runs something asserts nothing, by design of the check.
  if (
    text
      .split(/^(?=[ \t]*def test|func Test)/m)
      .slice(1)
      .some((one) => !/assert|raises|warns|t\.(Error|Fatal|Fail|Run)|Raises/.test(one))
  )
    return undefined;
  return text.length < 40_000 && new RegExp(`\\b${unit.name}\\(`).test(text) ? text.trimEnd() : undefined;
}
