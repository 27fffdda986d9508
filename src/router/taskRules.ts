import type { Task } from '../vocabulary/task.ts';
import type { WordClass } from './lexicon.ts';

/** Holds where every class occurs in one clause; the heaviest rule of a clause decides it. */
export interface TaskRule {
  readonly task: Task;
  readonly all: readonly WordClass[];
  readonly weight: number;
  /** Shown to the developer; never words of a prompt. */
  readonly rule: string;
}

/** Weights: 5 and more for a verb with its object, 3 to 4 for a verb, 2 to 3 for a noun alone. */
export const taskRules: readonly TaskRule[] = [
  { task: 'architecture', all: ['design', 'architecture'], weight: 7, rule: 'design an architecture' },
  { task: 'architecture', all: ['make', 'architecture'], weight: 5.2, rule: 'create an architecture' },
  { task: 'architecture', all: ['compare', 'architecture'], weight: 5, rule: 'compare architectures' },
  { task: 'architecture', all: ['design'], weight: 3.6, rule: 'design' },
  { task: 'architecture', all: ['architecture'], weight: 3.4, rule: 'architecture' },
  { task: 'security', all: ['review', 'security'], weight: 7, rule: 'review security' },
  { task: 'security', all: ['find', 'security'], weight: 6, rule: 'find vulnerabilities' },
  { task: 'security', all: ['fix', 'security'], weight: 6, rule: 'fix a vulnerability' },
  { task: 'security', all: ['secure'], weight: 4, rule: 'secure' },
  { task: 'security', all: ['security'], weight: 3, rule: 'security' },
  { task: 'tests', all: ['make', 'tests'], weight: 5.5, rule: 'write tests' },
  { task: 'fix', all: ['fix', 'tests'], weight: 5.6, rule: 'fix tests' },
  { task: 'refactor', all: ['refactor', 'tests'], weight: 5.6, rule: 'refactor tests' },
  { task: 'explain', all: ['explain', 'tests'], weight: 5.6, rule: 'explain tests' },
  { task: 'tests', all: ['tests'], weight: 2.8, rule: 'tests' },
  { task: 'prose', all: ['make', 'guide'], weight: 6, rule: 'write a guide' },
  { task: 'prose', all: ['change', 'guide'], weight: 5, rule: 'change a guide' },
  { task: 'prose', all: ['fix', 'guide'], weight: 5, rule: 'correct a guide' },
  { task: 'explain', all: ['explain', 'guide'], weight: 5, rule: 'explain a guide' },
  { task: 'prose', all: ['guide'], weight: 3.2, rule: 'a guide' },
  { task: 'document', all: ['make', 'comments'], weight: 5.5, rule: 'write comments' },
  { task: 'document', all: ['make', 'docs', 'code'], weight: 5.6, rule: 'document code' },
  { task: 'prose', all: ['make', 'docs'], weight: 5, rule: 'write documentation' },
  { task: 'document', all: ['comment'], weight: 4, rule: 'document' },
  { task: 'document', all: ['comments'], weight: 2.8, rule: 'comments' },
  { task: 'prose', all: ['docs'], weight: 2.4, rule: 'documentation' },
  { task: 'commit', all: ['commit'], weight: 4.5, rule: 'a commit message' },
  { task: 'commit', all: ['make', 'commit'], weight: 6, rule: 'write a commit message' },
  { task: 'shell', all: ['make', 'shell'], weight: 5.2, rule: 'write a shell command' },
  { task: 'shell', all: ['ask', 'shell'], weight: 4.2, rule: 'ask for a shell command' },
  { task: 'shell', all: ['shell'], weight: 2.6, rule: 'a shell command' },
  { task: 'refactor', all: ['refactor'], weight: 4.4, rule: 'refactor' },
  { task: 'review', all: ['review'], weight: 4.2, rule: 'review' },
  { task: 'fix', all: ['fix'], weight: 4.2, rule: 'fix' },
  { task: 'fix', all: ['find', 'error'], weight: 4.2, rule: 'find a bug' },
  { task: 'fix', all: ['ask', 'error'], weight: 3.4, rule: 'ask about an error' },
  { task: 'fix', all: ['error'], weight: 2.6, rule: 'an error' },
  { task: 'generate', all: ['make', 'code'], weight: 4.6, rule: 'write code' },
  { task: 'edit', all: ['change'], weight: 3.8, rule: 'change' },
  { task: 'generate', all: ['make'], weight: 2.6, rule: 'write' },
  { task: 'explain', all: ['explain'], weight: 4, rule: 'explain' },
  { task: 'explain', all: ['ask', 'code'], weight: 3.6, rule: 'ask about code' },
  { task: 'explain', all: ['ask', 'security'], weight: 3.7, rule: 'ask about security' },
  { task: 'explain', all: ['compare'], weight: 3, rule: 'compare' },
  { task: 'explain', all: ['ask'], weight: 2.4, rule: 'a question' },
  { task: 'chat', all: ['greeting'], weight: 2.2, rule: 'a greeting' },
];

/** A clause that only names a thing counts where no clause says what to do. */
export const verbs: ReadonlySet<WordClass> = new Set<WordClass>([
  'explain',
  'make',
  'fix',
  'comment',
  'change',
  'refactor',
  'review',
  'design',
  'secure',
  'find',
  'compare',
]);

/** 0 (routine) to 1 (hard) for a task of which nothing else is known; the order also says which of two is harder. */
export const baseDifficulty: Readonly<Record<Task, number>> = {
  chat: 0.1,
  commit: 0.12,
  explain: 0.2,
  shell: 0.22,
  document: 0.24,
  prose: 0.28,
  tests: 0.35,
  edit: 0.38,
  generate: 0.4,
  fix: 0.45,
  review: 0.5,
  refactor: 0.52,
  security: 0.8,
  architecture: 0.85,
};

/** Shapes of compiler errors, stack traces and failing runs; they are looked for in pasted text too. */
export const errorShapes: readonly RegExp[] = [
  /Traceback \(most recent call last\)/,
  /^\s{1,8}at [\w$.<>[\] ]{1,120} ?\(?[^\s()]{1,200}:\d+/m,
  /\b(?:[A-Z][A-Za-z]{1,40})?(?:Error|Exception)\b: /,
  /\berror (?:TS|CS|E)\d{2,5}\b/,
  /\bpanic: |\bnpm ERR!|\bSegmentation fault\b|\bexit (?:code|status) [1-9]/,
  /\b(?:FAIL|FAILED)\b .{0,80}\.(?:test|spec)\./,
];
