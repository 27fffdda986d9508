import type { CodeBlock } from './prompt.ts';

export type Language = 'typescript' | 'python' | 'go' | 'java' | 'csharp' | 'other';

/** A function as a reader of the code sees it, without a parser. */
export interface Callable {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly owner?: string;
  readonly returns: boolean;
  readonly language: Language;
  /** From its first word to the parenthesis that closes its parameters. */
  readonly head: string;
  /** Its text, from its first word on. */
  readonly code: string;
}

const byFence: Record<string, Language> = {
  ts: 'typescript',
  typescript: 'typescript',
  tsx: 'typescript',
  typescriptreact: 'typescript',
  js: 'typescript',
  jsx: 'typescript',
  mjs: 'typescript',
  javascript: 'typescript',
  javascriptreact: 'typescript',
  py: 'python',
  python: 'python',
  go: 'go',
  golang: 'go',
  java: 'java',
  cs: 'csharp',
  csharp: 'csharp',
  'c#': 'csharp',
};

export function languageOf(block: CodeBlock): Language {
  const named = byFence[block.language];
  if (named) return named;
  if (/^\s*(?:async\s+)?def \w+\(/m.test(block.code)) return 'python';
  if (/^\s*func\s/m.test(block.code)) return 'go';
  if (/^\s*(?:namespace|using) [\w.]+;?/m.test(block.code)) return 'csharp';
  if (/\bfunction\b|=>|\b(?:const|let) \w+/.test(block.code)) return 'typescript';
  if (/^\s*(?:public|private|protected|static)\b/m.test(block.code)) return 'java';
  return 'other';
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
  other: [/\b(\w+)\s*(?=\([^)]*\)\s*[{:])/g],
};

/** Cuts at a separator that is not inside brackets or quotes. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const char of text) {
    if (quote) quote = char === quote ? '' : quote;
    else if ('"\'`'.includes(char)) quote = char;
    else if ('([{<'.includes(char)) depth += 1;
    else if (')]}>'.includes(char)) depth -= 1;
    if (char === separator && depth === 0 && !quote) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  if (part.trim()) parts.push(part);
  return parts.map((each) => each.trim()).filter(Boolean);
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** The parameters of a list as written between its parentheses. */
export function parametersOf(list: string, language: Language): Callable['parameters'] {
  const parts = splitTop(list.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ''), ',');
  return parts.flatMap((part) => {
    if (language === 'python') {
      const [, name = '', type = ''] = /^\*{0,2}(\w+)\s*(?::\s*([^=]+))?/.exec(part) ?? [];
      return name === '' || name === 'self' || name === 'cls' ? [] : [{ name, type: type.trim() }];
    }
    if (language === 'go') {
      const [, name = '', type = ''] = /^(\w+)\s*(.*)$/.exec(part) ?? [];
      return name === '' || name === '_' ? [] : [{ name, type }];
    }
    if (language === 'java' || language === 'csharp') {
      const [, type = '', name = ''] = /^(.*?)\s*(\w+)\s*(?:=.*)?$/.exec(part.replace(/@\w+\s+/g, '')) ?? [];
      return name === '' ? [] : [{ name, type }];
    }
    const clean = part.replace(/^(?:(?:public|private|protected|readonly)\s+)+/, '').replace(/^\.\.\./, '');
    const destructured = /^[{[]([^}\]]*)[}\]]/.exec(clean);
    if (destructured)
      return splitTop(destructured[1]!, ',').map((each) => ({
        name: /^(?:\.\.\.)?([\w$]+)/.exec(each.split(':').at(-1)!.trim())?.[1] ?? each,
        type: '',
      }));
    const [, name = '', type = ''] = /^([\w$]+)\??\s*(?::\s*([^=]+))?/.exec(clean) ?? [];
    return name === '' || name === 'this' ? [] : [{ name, type: type.trim() }];
  });
}

/** The functions of a block, in the order of the text. */
export function callables(block: CodeBlock): Callable[] {
  const language = languageOf(block);
  const found = new Map<number, Callable>();
  for (const head of heads[language])
    for (const match of block.code.matchAll(head)) {
      const name = match[1]!;
      const open = block.code.indexOf('(', match.index + match[0].length - 1);
      if (keywords.has(name) || open < 0) continue;
      const close = closing(block.code, open);
      const at = match.index + match[0].search(/\S/);
      const owner = [...block.code.slice(0, at).matchAll(/\b(?:class|struct|record)\s+(\w+)/g)].at(-1)?.[1];
      const body = block.code.slice(close + 1);
      found.set(open, {
        name,
        parameters: parametersOf(block.code.slice(open + 1, close), language),
        owner,
        returns: /\breturn\s+[^;\s]|=>\s*[^{\s]/.test(body),
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
  const named = all.find((each) => new RegExp(`[\`'"\\s.]${each.name}(?:\\(\\))?[\`'"\\s.,:;]`).test(words));
  return named ?? all[0];
}
