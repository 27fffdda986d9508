import { type Callable, callables } from './callable.ts';
import { aboutParameter, summary } from './documentAnswer.ts';
import { parametersOf } from './parameters.ts';
import type { CodeBlock } from './prompt.ts';
import { samples } from './sampleValue.ts';

/** What a prompt leaves to be filled in with words. */
const blank = '<...>';

/** The comment that a prompt shows with blanks, filled in; undefined where it shows none. */
export function filledComment(blocks: readonly CodeBlock[], callable: Callable): string | undefined {
  const form = blocks.findLast((block) => block.code.includes(blank));
  if (!form) return undefined;
  let name = '';
  const lines = form.code
    .trimEnd()
    .split('\n')
    .map((line, at) => {
      name =
        /(?:@param|:param)\s+(?:\{[^}]*\}\s+|<type>\s+\$)?([\w$]+)|<param name="(\w+)"|^\s+(\w+)\s*:/
          .exec(line)
          ?.slice(1)
          .find(Boolean) ?? name;
      const isResult =
        /return/i.test(line) || /return/i.test(form.code.split('\n').slice(0, at).at(-1) ?? '');
      const first =
        form.code.indexOf(blank) >= form.code.split('\n').slice(0, at).join('\n').length &&
        !name &&
        !isResult;
      const text = first
        ? summary(callable)
        : isResult
          ? 'The result.'
          : name
            ? aboutParameter(name)
            : 'The result.';
      const after = callable.language === 'go' ? text[0]!.toLowerCase() + text.slice(1) : text;
      return line.replaceAll(blank, after).replaceAll('<type>', anything[callable.language] ?? 'object');
    });
  return lines.join('\n');
}

/** The type of a value that may be anything. */
const anything: Partial<Record<Callable['language'], string>> = {
  typescript: '*',
  ruby: 'Object',
  php: 'mixed',
};

/** The parameters of a class's constructor, from its text. */
function constructorOf(owner: string, blocks: readonly CodeBlock[], like: Callable): string {
  const heads: Partial<Record<Callable['language'], RegExp>> = {
    typescript: /\bconstructor\s*\(([^)]*)\)/,
    python: /def __init__\(([^)]*)\)/,
    java: new RegExp(`^\\s*(?:public |protected )?${owner}\\s*\\(([^)]*)\\)\\s*\\{`, 'm'),
    csharp: new RegExp(`^\\s*(?:public |internal )?${owner}\\s*\\(([^)]*)\\)`, 'm'),
    rust: new RegExp(`impl(?:<[^{]*?>)?\\s+${owner}\\b[\\s\\S]*?fn new\\s*\\(([^)]*)\\)`),
    cpp: new RegExp(`^\\s*(?:explicit\\s+)?${owner}\\s*\\(([^)]*)\\)\\s*[:{]`, 'm'),
    ruby: /def initialize\(([^)]*)\)/,
    php: /function __construct\s*\(([^)]*)\)/,
  };
  const head = heads[like.language];
  for (const block of blocks) {
    const at = block.code.search(new RegExp(`\\b(?:class|struct|module)\\s+${owner}\\b`));
    const found = at < 0 ? undefined : head?.exec(block.code.slice(at));
    if (found?.[1] !== undefined)
      return samples({ ...like, head: found[0], parameters: parametersOf(found[1], like.language) });
  }
  return '';
}

/** Calls with `...` in them, filled in with values. */
function filledCalls(text: string, blocks: readonly CodeBlock[], like: Callable): string {
  const known = blocks.flatMap((block) => callables(block));
  return text.replace(
    /(?:\b(\w+)(?:\.|::))?\b(\w+[?!]?)\(\.\.\.\)/g,
    (_, owner: string | undefined, name: string) => {
      const whole = owner === undefined ? name : _.slice(0, -'(...)'.length);
      if (name === 'new' && owner !== undefined) return `${whole}(${constructorOf(owner, blocks, like)})`;
      const found = name === like.name ? like : known.find((each) => each.name === name);
      return `${whole}(${found ? samples(found) : constructorOf(name, blocks, like)})`;
    },
  );
}

/** The name of a shape's test, and one like it that is not taken. */
function ownName(shape: string, taken: readonly string[]): { shown: string; free: string } {
  const shown =
    /\b(?:it|test)[ (]['"](.*?)['"]|def (test_\w+)|func (Test\w+)|void (\w+)\(|\bfn (\w+)\(|TEST\(\w+, (\w+)\)|function (test\w+)\(/
      .exec(shape)
      ?.slice(1)
      .find(Boolean) ?? '';
  const glue = shown.includes(' ') ? ' again' : shown.includes('_') ? '_again' : 'Again';
  let free = shown;
  while (taken.includes(free)) free += glue;
  return { shown, free };
}

/** How a language keeps a value under a name. */
const declaring: Readonly<Record<string, (name: string, value: string) => string>> = {
  rust: (name, value) => `let ${name} = ${value};`,
  cpp: (name, value) => `const auto ${name} = ${value};`,
  ruby: (name, value) => `${name} = ${value}`,
  php: (name, value) => `$${name} = ${value};`,
  typescript: (name, value) => `const ${name} = ${value};`,
  python: (name, value) => `${name} = ${value}`,
  java: (name, value) => `var ${name} = ${value};`,
  csharp: (name, value) => `var ${name} = ${value};`,
};

/** The test file that a prompt shows by its first lines and one test's shape, filled in; undefined where it shows none. */
export function filledTests(
  asked: string,
  blocks: readonly CodeBlock[],
  callable: Callable,
): string | undefined {
  const shape = blocks.findLast(
    (block) => block.code.includes('...') && /test|it\(|expect|assert/i.test(block.code),
  );
  const at = shape ? blocks.indexOf(shape) : -1;
  const header = blocks[at - 1];
  if (!shape || !header || !/begins with these lines/i.test(asked)) return undefined;
  const open =
    /(?:\(new \w+\(\.\.\.\)\)->|(?:new |[\w:]+\.)?[\w:]+\(\.\.\.\)\.|[\w:]+\.|new )?(?!(?:toBe|equal|eq|EqualTo)\()\b[\w:]+[?!]?\(\.\.\.\)/.exec(
      shape.code,
    )?.[0];
  if (!open) return undefined;
  const call = filledCalls(open, blocks.slice(0, at), callable);
  const isAsync = callable.language === 'typescript' && /\basync\b/.test(callable.head);
  const value = isAsync ? `await ${call}` : call;
  const taken = [...asked.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  const { shown, free } = ownName(shape.code, taken);
  const results = callable.language === 'go' ? resultsOf(callable) : [''];
  const names = (first: string) => [first, ...results.slice(1).map(() => '_')].join(', ');
  const deep = /^(?:\[\]|map\[)/.test(results[0] ?? '');
  const declared = declaring[callable.language];
  const filled = shape.code
    .trimEnd()
    .replaceAll(open, () => value)
    .replace(/^([ \t]*)(.*)\.\.\./m, (_, indent: string, before: string) =>
      declared
        ? `${indent}${declared('want', value)}\n${indent}${before}${callable.language === 'php' ? '$' : ''}want`
        : `${indent}${before}${value}`,
    )
    .replace(/\.\.\./g, () => value)
    .replace(
      /^(\s*)got := (.*)$/m,
      (_, indent: string, right: string) =>
        `${indent}${names('got')} := ${right}\n${indent}${names('want')} := ${right}`,
    )
    .replace('got != want', deep ? '!reflect.DeepEqual(got, want)' : 'got != want')
    .replace('.toBe(', '.toEqual(')
    .replace('.to.equal(', '.to.deep.equal(')
    .replace('assert.equal(', 'assert.deepEqual(')
    .replace(shown, free);
  const whole = isAsync ? filled.replace(/(it|test)\((.*), \(\) =>/, '$1($2, async () =>') : filled;
  return `${header.code.trimEnd()}\n\n${whole}\n`;
}

/** The result types of a Go function. */
function resultsOf(callable: Callable): string[] {
  const after = callable.code.slice(callable.head.length);
  const many = /^\s*\(([^)]*)\)\s*\{/.exec(after)?.[1];
  if (many !== undefined) return many.split(',').map((each) => each.trim().split(/\s+/).at(-1)!);
  return [/^\s*([^{\n]*)\{/.exec(after)?.[1]?.trim() ?? ''];
}
