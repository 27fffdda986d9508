import { cleanAnswer } from './answerText.ts';
import { isPatch, newSide } from './patch.ts';

/** A piece of code as a model set it. */
export interface CodeBlock {
  /** The fence's own word for the language, lower case; empty where there was none. */
  readonly info: string;
  /** Without fences, with `\n` line ends and no line end at its end. */
  readonly text: string;
  /** False where the answer ended before the fence was closed. */
  readonly closed: boolean;
  /** False where the answer had no fence and prose around was cut by its looks. */
  readonly fenced: boolean;
  /** The diff as it was written, where it was one: `text` is its new side then. */
  readonly patch?: string;
}

/** The fenced blocks of a raw answer in their order; nothing where there is no fence. */
export function fencedBlocks(answer: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { marks: string; indent: string; info: string; lines: string[] } | undefined;
  const push = (closed: boolean) => {
    if (!open) return;
    const text = trimBlankLines(open.lines.join('\n'));
    if (text.trim() !== '')
      blocks.push({ info: open.info, ...codeOf(text, open.info), closed, fenced: true });
    open = undefined;
  };
  for (const line of cleanAnswer(answer).split('\n')) {
    const fence = /^(\s*)(`{3,}|~{3,})\s*([^`]*)$/.exec(line);
    if (fence) {
      const [, indent = '', marks = '', rest = ''] = fence;
      if (!open) {
        open = { marks, indent, info: (/^[\w#+.-]+/.exec(rest)?.[0] ?? '').toLowerCase(), lines: [] };
        continue;
      }
      if (marks[0] === open.marks[0] && marks.length >= open.marks.length && rest.trim() === '') {
        push(true);
        continue;
      }
    }
    if (open) open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
  }
  push(false);
  return blocks;
}

/**
 * The code of a raw answer, whatever is around it: fenced blocks, else the answer without the prose before and after
 * what looks like code. Empty where nothing looks like code.
 */
export function codeBlocks(answer: string, languageId: string): CodeBlock[] {
  const blocks = fencedBlocks(answer);
  if (blocks.length > 0) return blocks;
  const bare = bareCode(cleanAnswer(answer), languageId);
  return bare === '' ? [] : [{ info: '', ...codeOf(bare, ''), closed: true, fenced: false }];
}

const aliases: Readonly<Record<string, readonly string[]>> = {
  typescript: ['typescript', 'ts', 'mts', 'cts', 'javascript', 'js', 'tsx'],
  typescriptreact: ['typescriptreact', 'tsx', 'typescript', 'ts', 'jsx', 'javascript', 'js'],
  javascript: ['javascript', 'js', 'mjs', 'cjs', 'node', 'jsx', 'typescript', 'ts'],
  javascriptreact: ['javascriptreact', 'jsx', 'javascript', 'js', 'tsx', 'typescript'],
  python: ['python', 'py', 'python3', 'pytest'],
  go: ['go', 'golang'],
  java: ['java'],
  csharp: ['csharp', 'cs', 'c#'],
  rust: ['rust', 'rs'],
  ruby: ['ruby', 'rb', 'rspec'],
  php: ['php'],
  cpp: ['cpp', 'c++', 'cc', 'cxx', 'hpp', 'h', 'c'],
  c: ['c', 'h', 'cpp', 'c++'],
};

/** Whether a fence's word can mean the language; a fence without a word can mean any. */
export function mayBe(block: CodeBlock, languageId: string): boolean {
  if (block.info === '' || block.info === 'diff' || block.info === 'patch') return true;
  return (aliases[languageId] ?? [languageId]).includes(block.info);
}

const codeStarts: Readonly<Record<string, RegExp>> = {
  script:
    /^\s*(import\b.*['"({*]|export\b|(const|let|var)\s+[\w{[]|(async\s+)?function\b\s*\*?\s*\w*\s*\(|class\s+\w+.*\{|(describe|it|test|suite|before|after)(Each|All)?(\.\w+)?\(|\/\*\*?|\/\/|@\w+|['"]use strict|\/\/\/|(public|private|protected|static|abstract|interface|type|enum)\s+\w+.*[{=])/,
  python:
    /^\s*(import\s+\w|from\s+[\w.]+\s+import\b|(async\s+)?def\s+\w+\s*\(|class\s+\w+.*:|@\w+|#|r?"""|r?'''|\w+\s*=\s*\S)/i,
  go: /^\s*(package\s+\w+\s*$|import\s*[("]|func\s*[\w(]|type\s+\w+|var\s+\w+|const\s+\w+|\/\/|\/\*)/,
  rust: /^\s*((pub(\([\w\s]+\))?\s+)?(async\s+|unsafe\s+|const\s+)*(fn|struct|enum|trait|impl|mod|use|static|type|const)\b.*|#!?\[|\/\/|\/\*|let\s)/,
  ruby: /^\s*(require(_relative)?\s|((private|protected|public|private_class_method|module_function)\s+)?def\s+\S|(class|module)\s+[\w:]|#|RSpec\.|describe\s|@\w+\s*=|attr_\w+\s)/,
  php: /^\s*(<\?php|namespace\s+[\w\\]+;|use\s+[\w\\]+|((abstract|final|readonly)\s+)*(class|interface|trait|function|enum|public|private|protected|static)\s+\w+|\$\w+|\/\*\*?|\/\/|#\[)/,
  braces:
    /^\s*(package\s+[\w.]+;|import\s+[\w.*\s]+;|using\s+[\w.=\s]+;|namespace\s+[\w.]+|(public|private|protected|internal|static|final|abstract|sealed)\s+\w+|class\s+\w+.*\{?|@\w+|\[\w+|\/\*\*?|\/\/)/,
};

function startPattern(languageId: string): RegExp | undefined {
  if (/^(type|java)script/.test(languageId)) return codeStarts.script;
  if (languageId === 'java' || languageId === 'csharp') return codeStarts.braces;
  // Almost any line may begin a C++ program: only a remark before it is told apart.
  if (languageId === 'c' || languageId === 'cpp')
    return /^\s*(#|\/[/*]|[\w:<>*&~,\s]+[({;]|template\b|\w+.*\{$)/;
  return codeStarts[languageId];
}

function bareCode(text: string, languageId: string): string {
  const start = startPattern(languageId);
  const lines = text.split('\n');
  const first = start ? lines.findIndex((line) => start.test(line)) : 0;
  if (first === -1) return '';
  let last = lines.length;
  while (last > first + 1 && isProse(lines[last - 1] ?? '')) last -= 1;
  return trimBlankLines(lines.slice(first, last).join('\n'));
}

/** A sentence, a bullet or an empty line; never a line that is indented or ends like code. */
function isProse(line: string): boolean {
  if (line.trim() === '') return true;
  if (/^\s{2,}\S/.test(line) || /[;{}()[\],]\s*$/.test(line) || /^\s*(\/\/|#|\*|\/\*|["'@])/.test(line))
    return false;
  return (
    /^([-*] |\d+\. )?[\p{Lu}`"*][\p{L}'’`*-]*([ ,:]|$)/u.test(line) && line.trim().split(/\s+/).length >= 3
  );
}

/** The code of a text: of a diff its new side. */
function codeOf(text: string, info: string): Pick<CodeBlock, 'text' | 'patch'> {
  return isPatch(text, info) ? { text: newSide(text), patch: text } : { text };
}

function trimBlankLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}
