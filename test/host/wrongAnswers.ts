import type { FindingCodes } from '../../src/vocabulary/verdict.ts';

export type WritingTask = 'document' | 'tests' | 'edit' | 'fix' | 'refactor' | 'generate';

/** A function that no other suite asks about: what a server is asked of it is ours. */
export const lapTime = `export function lapTime(distance: number, speed: number): number {
  const hours = distance / speed;
  return hours * 60;
}
`;

/** A wrong answer, and what its check finds first. */
export interface Wrong {
  readonly kind: string;
  readonly answer: string;
  readonly finding: keyof FindingCodes;
}

interface Answers {
  readonly command: string;
  /** What is typed where the command asks for words. */
  readonly typed: readonly string[];
  readonly right: string;
  readonly wrong: readonly Wrong[];
}

function ts(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}

function cut(text: string): string {
  return `\`\`\`ts\n${text.slice(0, Math.floor(text.length * 0.6))}`;
}

const comment = `/**
 * Gives the time of a lap.
 *
 * @param distance - the length of the lap in kilometres
 * @param speed - in kilometres an hour
 * @returns minutes
 */`;

const tests = `import { describe, expect, it } from 'vitest';
import { lapTime } from './lapTime';

describe('lapTime', () => {
  it('gives minutes', () => {
    expect(lapTime(30, 60)).toBe(30);
  });
});`;

const changed = `export function lapTime(distance: number, speed: number): number {
  const hours = distance / speed;
  return Math.round(hours * 60);
}`;

const added = `export function lapSpeed(distance: number, minutes: number): number {
  return distance / (minutes / 60);
}`;

const python = '```python\ndef lap_time(distance, speed):\n    return distance / speed * 60\n```';
const sorry: Wrong = {
  kind: 'an apology',
  answer: "I'm sorry, but I can't help with that.",
  finding: 'refusal',
};
const noCode: Wrong = {
  kind: 'talk without code',
  answer: 'That is a good question. It depends on what the lap is for, and on who drives.',
  finding: 'noCode',
};

function repeated(text: string): Wrong {
  const line = 'This function is a function that gives the time of a lap.\n';
  return { kind: 'repeated blocks', answer: `${text}\n${line.repeat(60)}`, finding: 'repeats' };
}

/** What is wrong with a changed function, whatever was asked. */
const wrongChanges: readonly Wrong[] = [
  {
    kind: 'an unknown identifier',
    answer: ts(changed.replace('Math.round(', 'roundedToMinutes(')),
    finding: 'undefinedName',
  },
  {
    kind: 'code left out',
    answer: ts(changed.replace(/ {2}const hours.*\n/, '  // ... rest of the code\n')),
    finding: 'codeLeftOut',
  },
  { kind: 'a truncated fence', answer: cut(changed), finding: 'cutShort' },
  { kind: 'another language', answer: python, finding: 'otherLanguage' },
  {
    kind: 'a diff that fits nowhere',
    answer: '```diff\n@@ -1,3 +1,3 @@\n-  return minutes;\n+  return Math.round(minutes);\n```',
    finding: 'patchMisfit',
  },
  {
    kind: 'a function of another name',
    answer: ts(changed.replace('lapTime', 'timeOfLap')),
    finding: 'signatureChanged',
  },
  noCode,
  sorry,
  repeated(''),
];

export const answers: Readonly<Record<WritingTask, Answers>> = {
  document: {
    command: 'maia.document',
    typed: [],
    right: ts(comment),
    wrong: [
      {
        kind: 'an operator changed beside the comment',
        answer: ts(`${comment}\n${lapTime.replace('distance / speed', 'distance * speed')}`),
        finding: 'programChanged',
      },
      {
        kind: 'an invented parameter',
        answer: ts(comment.replace(' * @returns', ' * @param wind - against the car\n * @returns')),
        finding: 'paramUnknown',
      },
      {
        kind: 'a parameter left out',
        answer: ts(comment.replace(/ \* @param speed.*\n/, '')),
        finding: 'paramMissing',
      },
      { kind: 'a placeholder', answer: ts(comment.replace('minutes', '<...>')), finding: 'placeholder' },
      { kind: 'a truncated fence', answer: cut(comment), finding: 'cutShort' },
      {
        kind: 'another language',
        answer: '```python\n"""Gives the time of a lap."""\n```',
        finding: 'notAComment',
      },
      { ...noCode, finding: 'notAComment' },
      sorry,
      repeated(''),
    ],
  },
  tests: {
    command: 'maia.generateTests',
    typed: [],
    right: ts(tests),
    wrong: [
      {
        kind: 'an import of what is not there',
        answer: ts(
          tests
            .replace("'./lapTime';", "'./lapTime';\nimport { track } from './noSuchTrack';")
            .replace('lapTime(30, 60)', 'lapTime(track, 60)'),
        ),
        finding: 'importMissing',
      },
      {
        kind: 'an assertion that cannot fail',
        answer: ts(
          tests.replace('expect(lapTime(30, 60)).toBe(30)', 'lapTime(30, 60);\n    expect(true).toBe(true)'),
        ),
        finding: 'nothingAsserted',
      },
      {
        kind: 'an unknown identifier',
        answer: ts(tests.replace('lapTime(30, 60)', 'lapTime(longLap, 60)')),
        finding: 'undefinedName',
      },
      {
        kind: 'tests of something else',
        answer: ts(tests.replace('lapTime(30, 60)', '30')),
        finding: 'targetNotCalled',
      },
      {
        kind: 'a place to fill in',
        answer: ts(tests.replace('lapTime(30, 60)', 'lapTime(...)')),
        finding: 'placeholder',
      },
      { kind: 'a truncated fence', answer: cut(tests), finding: 'cutShort' },
      { kind: 'another language', answer: python, finding: 'noCode' },
      noCode,
      sorry,
      repeated(''),
    ],
  },
  edit: { command: 'maia.edit', typed: ['Round the minutes.'], right: ts(changed), wrong: wrongChanges },
  fix: { command: 'maia.fix', typed: ['It gives fractions.'], right: ts(changed), wrong: wrongChanges },
  refactor: { command: 'maia.refactor', typed: [], right: ts(changed), wrong: wrongChanges },
  generate: {
    command: 'maia.generate',
    typed: ['A function lapSpeed beside lapTime that gives kilometres an hour.'],
    right: ts(added),
    wrong: [
      {
        kind: 'an unknown identifier',
        answer: ts(added.replace('(minutes / 60)', 'hoursOf(minutes)')),
        finding: 'undefinedName',
      },
      { kind: 'a syntax error', answer: ts(added.replace('60);', '60;')), finding: 'doesNotParse' },
      { kind: 'a truncated fence', answer: cut(added), finding: 'cutShort' },
      { kind: 'another language', answer: python, finding: 'otherLanguage' },
      noCode,
      sorry,
      repeated(''),
    ],
  },
};

/** What the same model would do again, told or not: it is not asked to mend it. */
export const unrepairable: ReadonlySet<keyof FindingCodes> = new Set(['refusal', 'repeats']);
