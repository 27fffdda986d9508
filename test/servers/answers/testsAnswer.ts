import type { Callable } from './callable.ts';
import { words } from './documentAnswer.ts';
import { cppTests, phpTests, rubyTests, rustTests } from './plainTests.ts';
import { samples } from './sampleValue.ts';

export type Framework =
  | 'vitest'
  | 'jest'
  | 'mocha'
  | 'node:test'
  | 'pytest'
  | 'unittest'
  | 'go'
  | 'junit'
  | 'xunit'
  | 'nunit'
  | 'cargo'
  | 'googletest'
  | 'rspec'
  | 'minitest'
  | 'phpunit';

const names: readonly (readonly [RegExp, Framework])[] = [
  [/\bvitest\b/i, 'vitest'],
  [/\bjest\b/i, 'jest'],
  [/\bmocha\b/i, 'mocha'],
  [/\bnode:test\b|\bnode'?s (?:own |built-in )?test runner\b/i, 'node:test'],
  [/\bpytest\b/i, 'pytest'],
  [/\bunittest\b/i, 'unittest'],
  [/\bgo test\b|\btesting\.T\b|\bGo'?s testing\b/i, 'go'],
  [/\bjunit\b/i, 'junit'],
  [/\bxunit\b/i, 'xunit'],
  [/\bnunit\b/i, 'nunit'],
  [/\bcargo test\b/i, 'cargo'],
  [/\bgoogle ?test\b|\bgtest\b/i, 'googletest'],
  [/\brspec\b/i, 'rspec'],
  [/\bminitest\b/i, 'minitest'],
  [/\bphpunit\b/i, 'phpunit'],
];

/** The framework that a prompt names, else the usual one of the language. */
export function frameworkOf(words: string, callable: Callable): Framework {
  const named = names.find(([pattern]) => pattern.test(words))?.[1];
  if (named) return named;
  return usual[callable.language] ?? 'vitest';
}

const usual: Partial<Record<Callable['language'], Framework>> = {
  python: 'pytest',
  go: 'go',
  java: 'junit',
  csharp: 'xunit',
  rust: 'cargo',
  cpp: 'googletest',
  ruby: 'rspec',
  php: 'phpunit',
};

/** Where the prompt says that the function is imported from. */
function importPath(prompt: string): string | undefined {
  return (
    /\b(?:from|import path:?|require\()\s*[`'"]((?:\.{1,2}\/|@|[a-z])[^`'"\s]*)[`'"]/i.exec(prompt)?.[1] ??
    /[`'"](\.{1,2}\/[^`'"\s]+)[`'"]/.exec(prompt)?.[1]
  );
}

/** The line that the prompt gives for the import, word for word. */
function importLine(prompt: string, name: string): string | undefined {
  const lines = prompt.match(/(?:^|[`:]\s*)((?:import|from|const|using)\b[^\n`]*)/gm) ?? [];
  return lines.map((line) => line.replace(/^[`:\s]+/, '')).find((line) => line.includes(name));
}

/** A whole test file in the prompt's framework that calls the function and asserts on what comes. */
export function testFile(prompt: string, callable: Callable): string {
  const framework = frameworkOf(prompt, callable);
  const { name, owner } = callable;
  const args = samples(callable);
  const what = words(name);
  const subject = owner && owner !== name ? owner : name;
  switch (framework) {
    case 'pytest':
    case 'unittest': {
      const module = importPath(prompt) ?? 'module';
      const line = importLine(prompt, subject) ?? `from ${module} import ${subject}`;
      const call = owner ? `${owner}().${name}(${args})` : `${name}(${args})`;
      if (framework === 'pytest')
        return `${line}\n\n\ndef test_${name}_gives_the_same_result_for_the_same_input():\n    first = ${call}\n    assert ${call} == first\n`;
      return `import unittest\n\n${line}\n\n\nclass Test${name}(unittest.TestCase):\n    def test_same_result(self):\n        first = ${call}\n        self.assertEqual(${call}, first)\n`;
    }
    case 'go': {
      const pkg = /^package (\w+)/m.exec(prompt)?.[1] ?? /package `?(\w+)`?/.exec(prompt)?.[1] ?? 'main';
      const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
      const results =
        /\)\s*\(([^)]*)\)\s*\{/.exec(callable.code.split('\n')[0]!)?.[1]?.split(',').length ?? 1;
      const left = (base: string) => [base, ...Array.from({ length: results - 1 }, () => '_')].join(', ');
      return `package ${pkg}\n\nimport "testing"\n\nfunc Test${title}(t *testing.T) {\n\t${left('first')} := ${name}(${args})\n\t${left('second')} := ${name}(${args})\n\tif first != second {\n\t\tt.Fatalf("${name} gave %v, then %v", first, second)\n\t}\n}\n`;
    }
    case 'junit': {
      const pkg = /^package ([\w.]+);/m.exec(prompt)?.[1] ?? /package `([\w.]+)`/.exec(prompt)?.[1];
      const isStatic = new RegExp(`static[^\\n(]*\\b${name}\\s*\\(`).test(prompt);
      const call = `${isStatic ? owner : `new ${owner}()`}.${name}(${args})`;
      return `${pkg ? `package ${pkg};\n\n` : ''}import static org.junit.jupiter.api.Assertions.assertEquals;\n\nimport org.junit.jupiter.api.Test;\n\nclass ${owner}Test {\n  @Test\n  void ${name}GivesTheSameResultForTheSameInput() {\n    var first = ${call};\n    assertEquals(first, ${call});\n  }\n}\n`;
    }
    case 'xunit':
    case 'nunit': {
      const space = /namespace ([\w.]+)/.exec(prompt)?.[1];
      const isStatic = new RegExp(`static[^\\n(]*\\b${name}\\s*\\(`).test(prompt);
      const call = `${isStatic ? owner : `new ${owner}()`}.${name}(${args})`;
      const assertion =
        framework === 'xunit' ? `Assert.Equal(first, ${call});` : `Assert.That(${call}, Is.EqualTo(first));`;
      const attribute = framework === 'xunit' ? 'Fact' : 'Test';
      const using = framework === 'xunit' ? 'Xunit' : 'NUnit.Framework';
      return `using ${using};\n${space ? `using ${space};\n` : ''}\npublic class ${owner}Tests\n{\n    [${attribute}]\n    public void ${name}_gives_the_same_result_for_the_same_input()\n    {\n        var first = ${call};\n        ${assertion}\n    }\n}\n`;
    }
    case 'cargo':
      return rustTests(callable, args);
    case 'googletest':
      return cppTests(prompt, callable, args);
    case 'rspec':
    case 'minitest':
      return rubyTests(prompt, framework, callable, args);
    case 'phpunit':
      return phpTests(prompt, callable, args);
    default:
      return scriptTests(
        prompt,
        framework,
        subject,
        owner ? `new ${owner}().${name}(${args})` : `${name}(${args})`,
        what,
      );
  }
}

function scriptTests(
  prompt: string,
  framework: Framework,
  subject: string,
  call: string,
  what: string,
): string {
  const path = importPath(prompt) ?? './module';
  const commonJs = /\bCommonJS\b|\brequire\(/i.test(prompt);
  const line =
    importLine(prompt, subject) ??
    (commonJs ? `const { ${subject} } = require('${path}');` : `import { ${subject} } from '${path}';`);
  const assert = commonJs
    ? "const assert = require('node:assert/strict');"
    : "import assert from 'node:assert/strict';";
  const title = `${what} gives the same result for the same input`;
  switch (framework) {
    case 'mocha':
      return `${assert}\n${line}\n\ndescribe('${what}', () => {\n  it('${title}', () => {\n    const first = ${call};\n    assert.deepEqual(${call}, first);\n  });\n});\n`;
    case 'node:test': {
      const test = commonJs ? "const { test } = require('node:test');" : "import { test } from 'node:test';";
      return `${assert}\n${test}\n${line}\n\ntest('${title}', () => {\n  const first = ${call};\n  assert.deepEqual(${call}, first);\n});\n`;
    }
    default: {
      const globals = framework === 'vitest' ? "import { describe, expect, it } from 'vitest';\n" : '';
      return `${globals}${line}\n\ndescribe('${what}', () => {\n  it('${title}', () => {\n    const first = ${call};\n    expect(${call}).toEqual(first);\n  });\n});\n`;
    }
  }
}
