import type { CodeBlock } from './prompt.ts';

export type Language =
  | 'typescript'
  | 'python'
  | 'go'
  | 'java'
  | 'csharp'
  | 'rust'
  | 'cpp'
  | 'ruby'
  | 'php'
  | 'other';

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
  rs: 'rust',
  rust: 'rust',
  c: 'cpp',
  cpp: 'cpp',
  'c++': 'cpp',
  rb: 'ruby',
  ruby: 'ruby',
  php: 'php',
};

export function languageOf(block: CodeBlock): Language {
  const named = byFence[block.language];
  if (named) return named;
  if (/^<\?php/m.test(block.code)) return 'php';
  if (/^\s*(?:async\s+)?def \w+\(.*:\s*$/m.test(block.code)) return 'python';
  if (/^\s*def (?:self\.)?\w+[?!]?(?:\(.*\))?\s*$/m.test(block.code)) return 'ruby';
  if (/^\s*(?:pub(?:\(\w+\))? )?(?:async )?fn \w+/m.test(block.code)) return 'rust';
  if (/^\s*#include\b|\bstd::\w/m.test(block.code)) return 'cpp';
  if (/^\s*func\s/m.test(block.code)) return 'go';
  if (/^\s*(?:namespace|using) [\w.]+;?/m.test(block.code)) return 'csharp';
  if (/\bfunction\b|=>|\b(?:const|let) \w+/.test(block.code)) return 'typescript';
  if (/^\s*(?:public|private|protected|static)\b/m.test(block.code)) return 'java';
  return 'other';
}
