import type { Task } from '../vocabulary/task.ts';

const words: Readonly<Record<string, Task>> = {
  architecture: 'architecture',
  chat: 'chat',
  comment: 'document',
  commit: 'commit',
  design: 'architecture',
  doc: 'document',
  docs: 'document',
  document: 'document',
  edit: 'edit',
  explain: 'explain',
  fix: 'fix',
  generate: 'generate',
  guide: 'prose',
  optimize: 'refactor',
  prose: 'prose',
  readme: 'prose',
  refactor: 'refactor',
  review: 'review',
  security: 'security',
  shell: 'shell',
  test: 'tests',
  tests: 'tests',
};

/** The task that `/word` at the very beginning names, as people type it where it is no command of the surface. */
export function slashTask(ask: string): Task | undefined {
  if (!ask.startsWith('/')) return undefined;
  const word = /^\/([a-z]{3,12})(?=\s|$)/.exec(ask)?.[1];
  return word !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
}
