import { askedNow, type Prompt, prose } from './prompt.ts';

export type Kind =
  | 'document'
  | 'tests'
  | 'commit'
  | 'explain'
  | 'review'
  | 'guide'
  | 'architecture'
  | 'change'
  | 'generate'
  | 'shell'
  | 'chat';

/** By the role that a system text gives. */
const roles: readonly (readonly [RegExp, Kind])[] = [
  [/\b(?:documentation|doc) comments?\b|\bdocstrings?\b/i, 'document'],
  [/\bunit tests?\b|\bwrite tests?\b/i, 'tests'],
  [/\bcommit messages?\b/i, 'commit'],
  [/\bexplain\b/i, 'explain'],
  [/\bsoftware architect\b|\barchitecture\b/i, 'architecture'],
  [/\breview\b/i, 'review'],
  [/\bguides?\b|\breadmes?\b|\brunbooks?\b|\btechnical documents?\b/i, 'guide'],
  [/\brefactor\b|\bfix (?:faults|bugs)\b|\bchange code\b/i, 'change'],
  [/\bwrite code\b/i, 'generate'],
  [/\bcommand line\b/i, 'shell'],
];

/** By what is asked, where there is no such system text. */
const wishes: readonly (readonly [RegExp, Kind])[] = [
  [/\b(?:write|generate|create|add|make)\b[^.\n]*\btests?\b|\bunit tests?\b/i, 'tests'],
  [/\bcommit message\b/i, 'commit'],
  [/\bdoc(?:umentation)? comments?\b|\bdocstrings?\b|\bjsdoc\b|\bdocument (?:this|the)\b/i, 'document'],
  [/\bguides?\b|\breadme\b|\brunbook\b|\btutorial\b|\bhow[- ]to\b/i, 'guide'],
  [/\bdesign\b|\barchitecture\b/i, 'architecture'],
  [/\breview\b|\bsecurity\b/i, 'review'],
  [/\brefactor\b|\bfix\b|\brename\b|\bsimplify\b/i, 'change'],
  [/\bexplain\b|\bwhat does\b/i, 'explain'],
  [
    /\b(?:write|generate|create|implement)\b[^.\n]*\b(?:function|class|script|code|regex|query)\b/i,
    'generate',
  ],
  [/\bshell\b|\bcommand\b/i, 'shell'],
];

export function kindOf(prompt: Prompt): Kind {
  const role = prompt.system.split('\n')[0]!;
  const byRole = roles.find(([pattern]) => pattern.test(role))?.[1];
  if (byRole) return byRole;
  const asked = prose(askedNow(prompt));
  return wishes.find(([pattern]) => pattern.test(asked))?.[1] ?? 'chat';
}
