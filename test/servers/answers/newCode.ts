import { type Language, languageOf } from './language.ts';
import type { CodeBlock } from './prompt.ts';

const byWord: readonly (readonly [RegExp, Language])[] = [
  [/\bpython\b/i, 'python'],
  [/\brust\b/i, 'rust'],
  [/\bc\+\+/i, 'cpp'],
  [/\bruby\b/i, 'ruby'],
  [/\bphp\b/i, 'php'],
  [/\b(?:golang|in go)\b/i, 'go'],
];

/** A new function in the language that the words name, else in that of the code that was given. */
export function newFunction(
  asked: string,
  blocks: readonly CodeBlock[],
  name: string,
): { readonly language: string; readonly code: string } {
  const first = blocks[0];
  const language = byWord.find(([word]) => word.test(asked))?.[1] ?? (first && languageOf(first));
  const snake = name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  switch (language) {
    case 'python':
      return { language, code: `def ${name}(value):\n    return value` };
    case 'rust':
      return { language, code: `pub fn ${snake}(value: i32) -> i32 {\n    value\n}` };
    case 'cpp':
      return { language, code: `inline int ${snake}(int value) {\n  return value;\n}` };
    case 'ruby':
      return { language, code: `def ${snake}(value)\n  value\nend` };
    case 'php':
      return { language, code: `function ${name}(int $value): int\n{\n    return $value;\n}` };
    case 'go':
      return { language, code: `func ${name}(value int) int {\n\treturn value\n}` };
    default:
      return { language: 'javascript', code: `export function ${name}(value) {\n  return value;\n}` };
  }
}
