import { type Language, languageOf } from './language.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import type { CodeBlock } from './prompt.ts';

/** A function as a reader of the code sees it, without a parser. */
export interface Callable {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly owner?: string;
  readonly returns: boolean;
  readonly language: Language;
  /** From its first word to the parenthesis that closes its parameters. */
  readonly head: string;
  /** Its text, from its first word on. */
  readonly code: string;
}

const keywords = new Set(
  'if for while switch catch return new await typeof super function constructor using lock foreach throw else do try with print'.split(
    ' ',
  ),
);

/** Patterns that end right before the parenthesis of the parameters; group 1 is the name. */
const heads: Record<Language, RegExp[]> = {
  typescript: [
    /\bfunction\s*\*?\s*([\w$]+)\s*(?:<[^>(]*>)?\s*(?=\()/g,
    /\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]+)?=\s*(?:async\s*)?(?:<[^>(]*>\s*)?(?=\([^)]*\)\s*(?::[^=]+)?=>)/g,
    /^[ \t]*(?:(?:public|private|protected|static|async|override|readonly|get|set)\s+)*([\w$]+)\s*(?:<[^>(]*>)?\s*(?=\([^;]*\)\s*(?::[^{;]+)?\{)/gm,
  ],
  python: [/^[ \t]*(?:async\s+)?def\s+(\w+)\s*(?=\()/gm],
  go: [/^func\s+(?:\([^)]*\)\s*)?(\w+)\s*(?:\[[^\]]*\])?\s*(?=\()/gm],
  java: [
    /^[ \t]*(?:(?:public|private|protected|static|final|abstract|synchronized)\s+)*[\w<>[\],.? ]+\s(\w+)\s*(?=\([^;{]*\)\s*(?:throws [\w, .]+)?\{)/gm,
  ],
  csharp: [
    /^[ \t]*(?:(?:public|private|protected|internal|static|async|virtual|override|sealed)\s+)*[\w<>[\],.? ]+\s(\w+)\s*(?:<[^>(]*>)?\s*(?=\([^;{]*\)\s*(?:where [^{]+)?(?:\{|=>))/gm,
  ],
  rust: [
    /^[ \t]*(?:pub(?:\([^)]*\))?\s+)?(?:(?:const|async|unsafe|extern(?: "\w+")?)\s+)*fn\s+(\w+)\s*(?:<(?:[^<>(]|<[^<>]*>)*>)?\s*(?=\()/gm,
  ],
  cpp: [
    /^[ \t]*(?:template\s*<[^{;]*>\s*)?(?:\[\[\w+\]\]\s*)?[\w:<>,*& ]*?[\w>*&]\s+[*&]?(?:\w+(?:<[^>()]*>)?::)*(\w+)\s*(?=\([^;{}]*\)\s*(?:const|noexcept|override|final|&|\s)*(?:->[^{;]+)?\{)/gm,
  ],
  ruby: [/^[ \t]*(?:private\s+|module_function\s+)?def\s+(?:self\.)?(\w+[?!=]?)/gm],
  php: [/^[ \t]*(?:(?:public|private|protected|static|final|abstract)\s+)*function\s+&?(\w+)\s*(?=\()/gm],
  other: [/\b(\w+)\s*(?=\([^)]*\)\s*[{:])/g],
};

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** The class that stands nearest before a function, or that its name is written with. */
function ownerOf(before: string, head: string, language: Language): string | undefined {
  if (language === 'cpp') {
    const qualified = /(\w+)(?:<[^>()]*>)?::~?\w+\s*$/.exec(head)?.[1];
    if (qualified !== undefined) return qualified;
  }
  const indented = /^[ \t]/.test(head);
  if (['rust', 'cpp', 'ruby', 'php'].includes(language) && !indented) return undefined;
  return [...before.matchAll(owners[language] ?? /\b(?:class|struct|record)\s+(\w+)/g)].at(-1)?.[1];
}

const owners: Partial<Record<Language, RegExp>> = {
  rust: /^\s*impl(?:<[^{]*?>)?\s+(?:[\w:<>, ]+\s+for\s+)?(\w+)/gm,
  ruby: /^\s*(?:class|module)\s+([\w:]+)/gm,
  php: /^\s*(?:(?:final|abstract|readonly)\s+)*(?:class|trait|enum)\s+(\w+)/gm,
};

function returns(language: Language, head: string, body: string): boolean {
  const name = /(\w+[?!=]?)\s*(?:\(|$)/.exec(head)?.[1] ?? '';
  if (language === 'rust') return /^\s*->/.test(body);
  if (language === 'ruby') return name !== 'initialize';
  return /\breturn\s+[^;\s]|=>\s*[^{\s]/.test(body);
}

/** The functions of a block, in the order of the text. */
export function callables(block: CodeBlock): Callable[] {
  const language = languageOf(block);
  const found = new Map<number, Callable>();
  for (const pattern of heads[language])
    for (const match of block.code.matchAll(pattern)) {
      const name = match[1]!;
      const end = match.index + match[0].length;
      // Ruby's parentheses may be left out.
      const open = language === 'ruby' && block.code[end] !== '(' ? end : block.code.indexOf('(', end - 1);
      if (keywords.has(name) || open < 0) continue;
      const close = block.code[open] === '(' ? closing(block.code, open) : end - 1;
      const at = match.index + match[0].search(/\S/);
      const body = block.code.slice(close + 1);
      const list = close > open ? block.code.slice(open + 1, close) : '';
      found.set(open, {
        name,
        parameters: parametersOf(list, language),
        owner: ownerOf(block.code.slice(0, at), match[0], language),
        returns: returns(language, match[0].trim(), body),
        language,
        head: block.code.slice(at, close + 1),
        code: block.code.slice(at),
      });
    }
  return [...found].sort(([a], [b]) => a - b).map(([, callable]) => callable);
}

/** The function that a prompt is about: the one that its words name, else the first of the code. */
export function target(words: string, blocks: readonly CodeBlock[]): Callable | undefined {
  const all = blocks.flatMap((block) => callables(block));
  const named = all.find((each) =>
    new RegExp(`[\`'"\\s.]${each.name.replace(/\W/, '\\$&')}(?:\\(\\))?[\`'"\\s.,:;]`).test(words),
  );
  return named ?? all[0];
}
