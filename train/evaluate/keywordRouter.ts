import type { Task } from '../../src/vocabulary/task.ts';

/** What routers of today do: the first keyword that occurs decides. */
const keywords: readonly (readonly [RegExp, Task])[] = [
  [/\b(?:vulnerab|security|secure|xss|csrf|sql injection|encrypt|password|secret)/, 'security'],
  [/\b(?:architecture|microservice|system design|scalab|design a)/, 'architecture'],
  [/\bcommit (?:message|msg)|\bpr description|\bpull request description/, 'commit'],
  [/\b(?:unit ?tests?|tests?|coverage|specs?)\b/, 'tests'],
  [/\b(?:docstrings?|jsdoc|javadoc|comments?|document this)\b/, 'document'],
  [/\b(?:readme|guide|tutorial|documentation|runbook|changelog|email)\b/, 'prose'],
  [/\b(?:fix|bug|error|exception|crash|fails?|failing|not work|doesn't work|broken|undefined)/, 'fix'],
  [/\b(?:refactor|clean ?up|simplify|optimi[sz]e|performance|faster|efficient|improve)/, 'refactor'],
  [/\b(?:review|feedback|check my)/, 'review'],
  [/\b(?:bash|shell|terminal|command line|powershell)\b/, 'shell'],
  [/\b(?:rename|replace|remove|change|convert|update|delete)\b/, 'edit'],
  [/\b(?:explain|what does|what is|how does|why|difference|understand|meaning)/, 'explain'],
  [/\b(?:write|create|generate|implement|build|add|make|how (?:to|do|can))\b/, 'generate'],
];

export function keywordTask(text: string): Task {
  const said = text.slice(0, 8000).toLowerCase();
  return keywords.find(([shape]) => shape.test(said))?.[1] ?? 'chat';
}
