import type { Checkable } from '../src/cli/checkAnswer.ts';
import type { Sample } from './functions.ts';

/** One answer with what is known of it. */
export interface Case {
  readonly kind: string;
  readonly right: boolean;
  readonly asked: Checkable;
  /** The file where a spoilt answer was put right: it passed, and nothing of what was spoilt went in. */
  readonly good?: string;
  /** Text that changes no file: where it names nothing, nothing can be checked, and that is no alarm. */
  readonly onlyShown?: true;
}

export const fence: Readonly<Record<string, string>> = {
  typescript: 'ts',
  javascript: 'js',
  python: 'python',
  go: 'go',
  java: 'java',
  rust: 'rust',
  ruby: 'ruby',
  php: 'php',
  cpp: 'cpp',
  csharp: 'csharp',
};

export function fenced(text: string, language: string): string {
  return `\`\`\`${fence[language] ?? ''}\n${text}\n\`\`\``;
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Text without spaces and line ends, to see whether two files say the same. */
export function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

export function askedOf(sample: Sample, file: string, at: number): Omit<Checkable, 'task' | 'answer'> {
  return { language: sample.language, path: sample.path, file, line: lineOf(file, at), project: sample.root };
}

/** The text with a piece of it replaced. */
export function spliced(text: string, start: number, end: number, by = ''): string {
  return text.slice(0, start) + by + text.slice(end);
}
